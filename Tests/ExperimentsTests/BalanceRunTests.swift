import Foundation
import MynahOversamplers
import MynahRandomness
import MynahTables
import Testing

@testable import MynahExperiments

/// A resampler that copies the first rows of each class; for tests.
private struct Copier: Resampler {
  static let identifier = "copier"
  var fails = false

  func resampled(
    _ table: Table, _ request: BalanceRequest, using random: inout RandomSource
  ) throws -> ResampledTable {
    if fails { throw ResamplingError("it was told to fail", hyperparameter: "fails") }
    let classes = try TargetClasses(table, target: request.target)
    let plan = try SamplingPlan.additions(to: classes, request.strategy)
    let rows = plan.additions(to: classes).flatMap { index, count in
      (0..<count).map { classes.rows[index][$0 % classes.rows[index].count] }
    }
    return try ResampledTable(
      real: table, added: table.gathering(rows), method: Self.identifier, notices: ["copies are no new rows"])
  }
}

@Suite struct BalanceRunTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mynah-\(UUID().uuidString)").path

  private func summary(_ section: String, dataset: String = "holdout: {fraction: 0.3}") throws -> RunSummary {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let rows = (0..<120).map { row in
      "k\(row),\(row * 37 % 101)\(row % 5 == 0 ? "7" : ""),\(["x", "y"][row % 2]),\(row % 5 == 0 ? "yes" : "no")"
    }
    try Data((["key,n,v,c"] + rows).joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: folder + "/t.csv"))
    var registry = Registry.forTests
    registry.register(resampler: Copier.self)
    let yaml = """
      name: balanced
      dataset: {path: t.csv, target: c, drop: [key], \(dataset)}
      \(section)
      output: \(folder)/out
      """
    let configuration = try ExperimentConfiguration(yaml: yaml, file: folder + "/e.yaml", registry: registry)
    return try ExperimentRunner(configuration).run()
  }

  private func clean() { try? FileManager.default.removeItem(atPath: folder) }

  private var files: [String] {
    (FileManager.default.subpaths(atPath: folder + "/out") ?? []).filter { $0.contains(".") }.sorted()
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder + "/out/" + name, encoding: .utf8)
  }

  @Test func leavesTablesTrialAndPage() throws {
    defer { clean() }
    let summary = try summary(
      "balance: {methods: [copier, {kind: parrot, epochs: 1}], folds: 2, repeats: 1, judges: [logistic], positive: yes}"
    )
    #expect(summary.failure == nil)
    #expect(
      files == [
        "balance.json", "balance.md", "configuration.yaml", "copier/balanced.csv", "manifest.json",
        "parrot/balanced.csv", "report.html",
      ])
    let lines = try text("copier/balanced.csv").split(separator: "\n")
    #expect(lines[0] == "n,v,c")
    #expect(lines.count { $0.hasSuffix(",yes") } == lines.count { $0.hasSuffix(",no") })
    let result = try #require(summary.balance)
    #expect(result.methods.map(\.name) == ["copier", "parrot"] && result.trial?.setting.testRows == 36)
    let read = try JSONDecoder.forResults.decode(BalanceResult.self, from: Data(text("balance.json").utf8))
    #expect(read == result)
    #expect(summary.text.contains("Verdicts") && summary.text.hasSuffix("run folder: \(folder)/out\n"))
    #expect(try text("balance.md").contains("| copier | no "))
    let page = try text("report.html")
    #expect(page.contains("<bdi>copier</bdi>") && page.contains("Does balancing help?") && page.hasSuffix("</html>\n"))
    #expect(!page.contains("{{") && !page.contains("Optional("))
  }

  @Test func theResolvedConfigurationRepeatsTheRun() throws {
    defer { clean() }
    _ = try summary("balance: {methods: [copier], folds: 2, repeats: 1, judges: [logistic]}", dataset: "missing: []")
    let before = try (text("balance.json"), text("balanced.csv"))
    var registry = Registry.forTests
    registry.register(resampler: Copier.self)
    let again = try ExperimentConfiguration(path: folder + "/out/configuration.yaml", registry: registry)
    var moved = again
    moved.file = folder + "/e.yaml"
    _ = try ExperimentRunner(moved).run()
    #expect(try (text("balance.json"), text("balanced.csv")) == before)
  }

  @Test func oneFailureDoesNotLoseTheOthers() throws {
    defer { clean() }
    let summary = try summary(
      "balance: {methods: [copier, {kind: copier, name: broken, fails: true}, {kind: parrot, diverge_at: 1}], folds: 2, "
        + "repeats: 1, judges: [logistic]}")
    let result = try #require(summary.balance)
    #expect(result.methods.map(\.name) == ["copier"] && result.failures.map(\.name) == ["broken", "parrot"])
    #expect(result.failures[0].reason.hasSuffix("it was told to fail"))
    #expect(result.failures[0].reason.hasPrefix("\(folder)/e.yaml:3:"))
    #expect(summary.failure?.contains("broken: ") == true && summary.failure?.contains("parrot: training div") == true)
    #expect(files.contains("copier/balanced.csv") && !files.contains("broken/balanced.csv"))
    #expect(try text("report.html").contains("it was told to fail"))
  }

  @Test func aFailureOfAllLeavesNoFolder() throws {
    defer { clean() }
    #expect(throws: ExperimentError.self) {
      _ = try summary("balance: {methods: [{kind: copier, fails: true}], folds: 2}")
    }
    #expect(throws: ExperimentError.self) {
      _ = try summary("balance: {methods: [copier], ratio: 0.01}")
    }
    #expect {
      _ = try summary("balance: {methods: [copier], keep_together: [[n, w]]}")
    } throws: {
      "\($0)".hasSuffix("e.yaml:3:45: keep_together: there is no column 'w'; did you mean 'n'?")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["t.csv"])
  }

  @Test func droppedColumnsAreGoneAndMistakesNamed() throws {
    defer { clean() }
    #expect {
      _ = try summary("generators: [{kind: parrot}]", dataset: "columns: {}, missing: [x], holdout: nowhere.csv")
    } throws: { "\($0)".contains("nowhere.csv") }
    #expect {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data("a,c\n1,x\n2,y\n".utf8).write(to: URL(fileURLWithPath: folder + "/u.csv"))
      let yaml = "dataset: {path: u.csv, target: c, drop: [b]}\ngenerators: [{kind: parrot}]\noutput: \(folder)/out"
      _ = try ExperimentRunner(
        try ExperimentConfiguration(yaml: yaml, file: folder + "/e.yaml", registry: .forTests)
      ).run()
    } throws: { "\($0)" == "\(folder)/e.yaml:1:41: drop: there is no column 'b'; did you mean 'a'?" }
  }

  @Test func standsBesideGenerators() throws {
    defer { clean() }
    let summary = try summary(
      "generators: [{kind: parrot, epochs: 1}]\nbalance: {methods: [copier], folds: 2, repeats: 1, judges: [logistic]}")
    #expect(summary.failure == nil && summary.metrics.generators.count == 1 && summary.balance != nil)
    #expect(files.contains("balance/balanced.csv") && files.contains("balance/report.html"))
    #expect(files.contains("synthetic.csv") && files.contains("report.html"))
    #expect(try text("synthetic.csv").hasPrefix("n,v,c\n"))
  }
}
