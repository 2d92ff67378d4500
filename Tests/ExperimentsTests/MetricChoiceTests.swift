import Foundation
import MynahEvaluation
import MynahRandomness
import MynahTables
import Testing

@testable import MynahExperiments

/// Metrics in experiment files, and those that users write.
@Suite struct MetricChoiceTests {
  /// The share of rows whose first column is positive; says nothing of tables that have only one column.
  private struct Positives: Metric {
    static let identifier = "positives"
    var goal: Goal { .maximize }
    var bounds: ClosedRange<Double> { 0...1 }
    func score(_ synthetic: Table, against real: RealData, using random: inout RandomSource) throws -> Score {
      guard real.target == "c" else { return .notApplicable(reason: "there is no target") }
      let numbers = (0..<synthetic.rowCount).compactMap { synthetic.columns[0].number(at: $0) }
      return .value(Double(numbers.count { $0 > 0 }) / Double(numbers.count), details: ["draw": random.uniform()])
    }
  }

  private struct NotANumber: Metric {
    static let identifier = "not-a-number"
    var goal: Goal { .minimize }
    var bounds: ClosedRange<Double> { 0...1 }
    func score(_ synthetic: Table, against real: RealData, using random: inout RandomSource) throws -> Score {
      .value(.nan, details: [:])
    }
  }

  private var registry: Registry {
    var registry = Registry.forTests
    registry.register(metric: Positives.self)
    registry.register(metric: NotANumber.self)
    return registry
  }

  private func run(_ metrics: String, target: String = "c") throws -> (evaluation: TableEvaluation, text: String) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mynah-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let rows = (0..<40).map { "\($0),\(["x", "y"][$0 % 2])" }
    try Data((["n,c"] + rows).joined(separator: "\n").utf8).write(to: folder.appendingPathComponent("t.csv"))
    let yaml = """
      dataset: {path: t.csv, target: \(target), holdout: {fraction: 0.25}}
      generators: [{kind: parrot}]
      evaluation: \(metrics)
      output: \(folder.path)/out
      """
    let configuration = try ExperimentConfiguration(yaml: yaml, file: folder.path + "/e.yaml", registry: registry)
    let summary = try ExperimentRunner(configuration).run()
    let written = try #require(FileManager.default.contents(atPath: summary.folder + "/metrics.json"))
    let read = try JSONDecoder.forResults.decode(RunMetrics.self, from: written)
    #expect(read.generators[0].evaluation == summary.metrics.generators[0].evaluation)
    return (summary.metrics.generators[0].evaluation, summary.text)
  }

  @Test func aUsersMetricIsInTheResults() throws {
    let (evaluation, text) = try run("[shape, positives]")
    let score = try #require(evaluation.scores?["positives"])
    #expect(evaluation.quality.shape != nil && evaluation.quality.trend == nil)
    #expect(try #require(score.value) > 0.8 && score.goal == .maximize && score.reason == nil)
    #expect(try #require(score.unseen) > 0.5)
    #expect(text.contains("positives \(String(format: "%.4f", score.value ?? 0))  (unseen real rows: "))
  }

  @Test func scoresDoNotDependOnOtherMetrics() throws {
    let alone = try run("[positives]").evaluation.scores?["positives"]
    #expect(alone != nil)
    #expect(try run("[not-a-number, positives, trend]").evaluation.scores?["positives"] == alone)
  }

  @Test func whatHasNoScoreSaysWhy() throws {
    let (evaluation, text) = try run("[positives, not-a-number]", target: "n")
    #expect(evaluation.scores?["positives"]?.value == nil)
    #expect(evaluation.scores?["positives"]?.reason == "there is no target")
    #expect(evaluation.scores?["not-a-number"]?.reason == "the score is nan")
    #expect(text.contains("positives no figure: there is no target\n"))
  }

  @Test func withoutOthersThereAreNoScores() throws {
    #expect(try run("[shape, trend]").evaluation.scores == nil)
  }

  @Test func anUnknownMetricIsRefused() {
    let error = #expect(throws: ExperimentError.self) { try run("[shape, positive]") }
    #expect(error?.message == "unknown metric 'positive'; did you mean 'positives'?")
  }
}
