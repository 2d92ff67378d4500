import Foundation
import MynahSynthesizers
import Synchronization
import Testing

@testable import MynahExperiments

/// Says stop after so many epochs.
private final class Stopping: TrainingObserver {
  let after: Int
  let stages = Mutex<[String]>([])
  init(after: Int) { self.after = after }
  func stageBegan(_ name: String) { stages.withLock { $0.append(name) } }
  func epochEnded(_ report: EpochReport) -> TrainingDecision { report.epoch >= after ? .stop : .proceed }
  var shouldStop: Bool { true }
}

@Suite struct ExperimentRunnerTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mynah-\(UUID().uuidString)")

  private func experiment(_ generator: String) throws -> ExperimentConfiguration {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let rows = (0..<50).map { "\($0 * 7 % 31),\(["x", "y"][$0 % 2])" }
    try Data((["n,c"] + rows).joined(separator: "\n").utf8).write(to: folder.appendingPathComponent("t.csv"))
    let yaml = "dataset: t.csv\nseed: 5\ngenerators:\n- \(generator)\noutput: \(folder.path)/out\n"
    var read = try ExperimentConfiguration(yaml: yaml, file: folder.path + "/e.yaml", registry: .forTests)
    read.name = "test"
    return read
  }

  private func clean() { try? FileManager.default.removeItem(at: folder) }

  @Test func aUsersOwnSynthesizerRuns() throws {
    defer { clean() }
    let summary = try ExperimentRunner(try experiment("{kind: parrot, epochs: 4}")).run()
    #expect(!summary.isInterrupted && summary.failure == nil)
    #expect(summary.metrics.generators.map(\.name) == ["parrot"])
    // Rows drawn from the table itself: nearly as good as can be.
    #expect(try #require(summary.metrics.generators[0].evaluation.quality.shape) > 0.8)
    let model = try ModelFile(path: summary.folder + "/model.safetensors")
    #expect(model.provenance.seed == 5 && model.provenance.rows == 50 && model.provenance.epochsCompleted == nil)
    let lines = try String(contentsOfFile: summary.folder + "/training.jsonl", encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 4)
  }

  @Test func stoppingKeepsWhatThereIs() throws {
    defer { clean() }
    let observer = Stopping(after: 2)
    let summary = try ExperimentRunner(try experiment("{kind: parrot, epochs: 9}"), observer: observer).run()
    #expect(summary.isInterrupted && summary.metrics.generators[0].epochsCompleted == 1)
    #expect(observer.stages.withLock { $0.suffix(3) } == ["remembering", "sampling", "evaluating"])
  }

  @Test func divergenceKeepsTheLastGoodModel() throws {
    defer { clean() }
    let summary = try ExperimentRunner(try experiment("{kind: parrot, diverge_at: 3}")).run()
    #expect(summary.isInterrupted && summary.metrics.generators[0].epochsCompleted == 2)
    #expect(
      summary.failure?.hasPrefix("training diverged: the loss is not a finite number in epoch 3, step 1") == true)
    #expect(throws: TrainingDiverged.self) {
      try ExperimentRunner(try experiment("{kind: parrot, diverge_at: 1}")).run()
    }
  }

  @Test func theResolvedConfigurationReadsTheSame() throws {
    defer { clean() }
    var configuration = try experiment(
      "{kind: parrot, epochs: 4, note: 'no', layer_sizes: [], mode: cells, learning_rate: 1e-7}")
    configuration.dataset.missing = ["?", "", "NO"]
    configuration.dataset.delimiter = "\t"
    configuration.dataset.columns = [ColumnSetting(name: "c: d", .init(kind: .categorical, missing: ["1"]))]
    configuration.sample = SampleConfiguration(rows: 3, conditions: [Condition(column: "c", value: "null")])
    let yaml = try configuration.yaml()
    let again = try ExperimentConfiguration(yaml: yaml, file: "x", registry: .forTests)
    #expect(try again.yaml() == yaml)
    #expect(again.dataset.missing == ["?", "", "NO"] && again.dataset.delimiter == "\t")
    #expect(again.sample.conditions == configuration.sample.conditions)
    #expect((again.generators[0].synthesizer as? Parrot)?.note == "no")
  }
}
