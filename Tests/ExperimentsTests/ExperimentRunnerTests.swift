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

  /// One that diverges before it was any good leaves the others alone, and is named.
  @Test func aGeneratorThatFailsDoesNotTakeTheOthersWithIt() throws {
    defer { clean() }
    let summary = try ExperimentRunner(
      try experiment("{kind: parrot, name: bad, diverge_at: 1}\n- {kind: parrot, name: good, epochs: 2}")
    ).run()
    #expect(summary.metrics.generators.map(\.name) == ["good"])
    #expect(summary.metrics.failures?.map(\.name) == ["bad"])
    #expect(summary.failure?.hasPrefix("bad: training diverged: the loss is not a finite number in epoch 1") == true)
    #expect(FileManager.default.fileExists(atPath: summary.folder + "/good/report.html"))
  }

  /// A hyperparameter given for all goes to those that have it; where none has, it is a mistake.
  @Test func hyperparametersGoToTheGeneratorsThatHaveThem() throws {
    let yaml = "dataset: t.csv\ngenerators: [{kind: marginals}, {kind: tvae}, {kind: ctgan}]\n"
    let read = try ExperimentConfiguration(
      yaml: yaml, file: "e.yaml", overrides: [try SettingOverride("pac=5")], registry: .standard)
    #expect((read.generators[2].synthesizer as? CTGAN)?.pac == 5)
    #expect(throws: ExperimentError.self) {
      _ = try ExperimentConfiguration(
        yaml: yaml, file: "e.yaml", overrides: [try SettingOverride("pak=5")], registry: .standard)
    }
  }

  /// The target is the label of models that need one: what a run is compared by, and what is written, says so.
  @Test func theTargetBecomesTheLabel() throws {
    let yaml = "dataset: {path: t.csv, target: c}\ngenerators: [{kind: conditional-vae}]\n"
    let read = try ExperimentConfiguration(yaml: yaml, file: "e.yaml", registry: .standard)
    #expect((read.generators[0].synthesizer as? ConditionalVAE)?.conditionColumn == "c")
    #expect(try read.yaml().replacing("\"", with: "").contains("condition_column: c"))
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
