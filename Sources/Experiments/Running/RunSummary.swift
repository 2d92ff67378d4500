import Foundation
import MynahEvaluation

/// What one generator of a run achieved.
public struct GeneratorResult: Codable, Sendable, Equatable {
  public var name: String
  public var kind: String
  /// Given when training was interrupted, or diverged.
  public var epochsCompleted: Int?
  /// What went wrong in training.
  public var failure: String?
  /// How training went; nil for a model that is not trained epoch by epoch.
  public var training: TrainingSummary?
  public var evaluation: TableEvaluation
  /// Whether the rows may be released; nil without gates.
  public var gates: [GateOutcome]?
}

/// A generator that made no rows, and why.
public struct GeneratorFailure: Codable, Sendable, Equatable {
  public var name: String
  public var kind: String
  public var reason: String
}

/// `metrics.json`. The same experiment with the same seed gives the same bytes, so it holds no times.
public struct RunMetrics: Codable, Sendable, Equatable {
  public var experiment: String
  public var seed: UInt64
  public var generators: [GeneratorResult]
  /// Generators of several that made no rows; nil where all did.
  public var failures: [GeneratorFailure]?

  /// Whether training was interrupted, or diverged. A training that found that it was done is neither.
  public var isInterrupted: Bool { generators.contains { $0.epochsCompleted != nil } }

  func json() throws -> [UInt8] { Array(try JSONEncoder.forResults.encode(self)) + [UInt8(ascii: "\n")] }
}

/// What a run has left behind.
public struct RunSummary: Sendable {
  /// The run folder.
  public var folder: String
  public var metrics: RunMetrics
  /// What fitting took, by generator. Not known of a run that was complete already: `metrics.json` holds no times.
  public var secondsToFit: [String: Double] = [:]
  /// What balancing gave; nil where nothing was balanced.
  public var balance: BalanceResult?

  public var isInterrupted: Bool { metrics.isInterrupted }

  /// Gates that rows did not pass, one line each, with the generator's name where there are several.
  public var failedGates: [String] {
    metrics.generators.flatMap { result in
      let prefix = metrics.generators.count == 1 ? "" : "\(result.name): "
      return (result.gates ?? []).filter { !$0.passed }.map { outcome in
        var outcome = outcome
        let place = metrics.generators.count == 1 ? folder : "\(folder)/\(result.name)"
        outcome.findings = outcome.findings.map { "\(place)/\($0)" }
        return prefix + outcome.text
      }
    }
  }

  /// What went wrong, in one line, with the generator's name where there are several.
  public var failure: String? {
    let reasons =
      metrics.generators.compactMap { result in result.failure.map { (result.name, $0) } }
      + (metrics.failures ?? []).map { ($0.name, $0.reason) }
    let isOne = metrics.generators.count + (metrics.failures?.count ?? 0) == 1
    let texts = reasons.map { isOne ? $1 : "\($0): \($1)" } + (balance?.trouble ?? []).map { "\($0): \($1)" }
    return texts.isEmpty ? nil : texts.joined(separator: "; ")
  }

  /// For a reader.
  public var text: String {
    var text = ""
    if metrics.generators.count == 1, metrics.failures == nil {
      text = metrics.generators[0].evaluation.text(worst: 3)
    } else if !metrics.generators.isEmpty {
      text = ComparisonTable(self).text
    }
    for result in metrics.generators {
      let prefix = metrics.generators.count == 1 ? "" : "\(result.name): "
      for gate in result.gates ?? [] where gate.passed { text += prefix + gate.text + "\n" }
    }
    return text + (balance.map { $0.text() + "\n" } ?? "") + "run folder: \(folder)\n"
  }
}

extension Manifest {
  func json() throws -> [UInt8] { Array(try JSONEncoder.forResults.encode(self)) + [UInt8(ascii: "\n")] }
}
