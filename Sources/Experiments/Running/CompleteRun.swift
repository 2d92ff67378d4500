import Foundation
import MynahEvaluation

/// A run folder that an earlier run has left whole.
struct CompleteRun {
  private let folder: String
  private let manifest: Manifest
  private let metrics: RunMetrics
  private let balance: BalanceResult?

  /// Nil when there is none, or when it could be resumed.
  init?(_ folder: String) {
    func decode<T: Decodable>(_ type: T.Type, _ name: String) -> T? {
      FileManager.default.contents(atPath: folder + "/" + name).flatMap {
        try? JSONDecoder.forResults.decode(type, from: $0)
      }
    }
    guard let manifest = decode(Manifest.self, "manifest.json"), let metrics = decode(RunMetrics.self, "metrics.json"),
      !metrics.canBeResumed
    else { return nil }
    self.folder = folder
    self.manifest = manifest
    self.metrics = metrics
    balance = decode(BalanceResult.self, RunFolder.balanceFolder + "/balance.json")
  }

  /// What it has achieved; nil when it was of another configuration or of other tables.
  func summary(of configuration: ExperimentConfiguration, inputs: [Manifest.File]) -> RunSummary? {
    guard manifest.version == mynahVersion, manifest.inputs == inputs,
      let written = FileManager.default.contents(atPath: folder + "/configuration.yaml"),
      let own = try? configuration.yaml(), written == Data(own.utf8)
    else { return nil }
    return RunSummary(folder: folder, metrics: metrics, balance: balance)
  }
}

extension RunMetrics {
  /// Whether a training was interrupted; one that diverged would do so again.
  var canBeResumed: Bool { generators.contains { $0.epochsCompleted != nil && $0.failure == nil } }
}
