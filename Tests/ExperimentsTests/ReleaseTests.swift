import Foundation
import MynahEvaluation
import MynahTables
import Testing

@testable import MynahExperiments

/// Gates, reviews and cards of runs.
@Suite struct ReleaseTests {
  private let folder = FileManager.default.temporaryDirectory.path + "/mynah-\(UUID().uuidString)"

  private func clean() { try? FileManager.default.removeItem(atPath: folder) }

  private func configuration(_ lines: String, generators: String = "[{kind: parrot}]") throws -> ExperimentConfiguration
  {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let rows = (0..<40).map { "\($0),\(["x", "y", "z"][$0 % 3])" }
    try Data((["n,c"] + rows).joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: folder + "/t.csv"))
    let yaml = """
      name: release
      dataset: {path: t.csv, target: c, holdout: {fraction: 0.25}, drop: []}
      generators: \(generators)
      output: \(folder)/out
      \(lines)
      """
    return try ExperimentConfiguration(yaml: yaml, file: folder + "/e.yaml", registry: .forTests)
  }

  private func run(_ lines: String, generators: String = "[{kind: parrot}]") throws -> RunSummary {
    try ExperimentRunner(try configuration(lines, generators: generators)).run()
  }

  private var files: [String] {
    (FileManager.default.subpaths(atPath: folder + "/out") ?? []).filter { $0.contains(".") }.sorted()
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder + "/out/" + name, encoding: .utf8)
  }

  /// A parrot repeats training rows.
  @Test func aGateStopsCopies() throws {
    defer { clean() }
    let summary = try run("gates: ['copies<=0', 'shape>=0.1']\npurpose: {for: [tests], against: [people]}\nauthor: Ada")
    #expect(summary.failedGates.count == 1)
    #expect(
      summary.failedGates[0]
        == "gate copies<=0: 1 is above 0 by 1; the 30 rows are in \(folder)/out/gate-copies.csv")
    #expect(files.contains("withheld.csv") && !files.contains("synthetic.csv") && files.contains("gate-copies.csv"))
    #expect(try text("gate-copies.csv").split(separator: "\n").count == 31)
    let card = try Card(path: folder + "/out/card.json")
    #expect(!card.released && card.author == "Ada" && card.purpose == Purpose(for: ["tests"], against: ["people"]))
    #expect(card.table.name == "withheld.csv" && card.table.rows == 30 && card.table.columns == ["n", "c"])
    #expect(card.gates.map(\.passed) == [false, true] && card.source.holdoutFraction == 0.25)
    #expect(card.method.model == "parrot" && card.method.hyperparameters["batch_size"] == "10")
    #expect(card.measurements["copies"]?.value == 1 && card.measurements["copies"]?.family == .privacy)
    #expect(throws: CardMismatch.self) { try card.check(table: folder + "/out/withheld.csv") }
    // The metrics that gates take are computed though nobody named them.
    #expect(summary.metrics.generators[0].evaluation.scores?["copies"]?.value == 1)
    // A run folder with findings is a run folder still, and what is complete is not computed again, nor its failure forgotten.
    var again = ExperimentRunner(
      try configuration("gates: ['copies<=0', 'shape>=0.1']\npurpose: {for: [tests], against: [people]}\nauthor: Ada"))
    again.resumes = true
    #expect(try again.run().failedGates == summary.failedGates)
  }

  @Test func whatPassesIsReleasedWithItsCard() throws {
    defer { clean() }
    let summary = try run("gates: 'copies>=1'")
    #expect(summary.failedGates.isEmpty && files.contains("synthetic.csv") && !files.contains("withheld.csv"))
    #expect(summary.text.contains("gate copies>=1: 1 passes\n"))
    let card = try Card(path: folder + "/out/card.json")
    #expect(card.released)
    try card.check(table: folder + "/out/synthetic.csv")
    let path = folder + "/altered.csv"
    try Data((try text("synthetic.csv").replacing("x", with: "y")).utf8).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: CardMismatch.self) { try card.check(table: path) }
    #expect(error?.description.contains("was altered") == true)
  }

  @Test func aReviewIsHonoured() throws {
    defer { clean() }
    let first = try run("gates: ['copies<=0']")
    let table = try text("withheld.csv").split(separator: "\n").map(String.init)
    let card = try Card(path: first.folder + "/card.json")
    let values = table[1].split(separator: ",").map(String.init)
    let others = Set(table.dropFirst()).subtracting([table[1]])
    let review = Review(
      tableSha256: card.table.sha256, trainSha256: card.source.train.sha256, columns: ["n", "c"],
      rows: [Review.Row(row: 1, decision: .rejected, values: values)]
        + others.sorted().map { row in
          Review.Row(row: 2, decision: .accepted, values: row.split(separator: ",").map(String.init))
        })
    let path = folder + "/review.json"
    try JSONEncoder.forResults.encode(review).write(to: URL(fileURLWithPath: path))
    let second = try run("gates: ['copies<=0']\nreview: review.json")
    let rows = try text(second.failedGates.isEmpty ? "synthetic.csv" : "withheld.csv").split(separator: "\n")
      .dropFirst()
    #expect(rows.count == 30 && !rows.contains { $0 == table[1] })
    let outcome = try #require(second.metrics.generators[0].gates?.first)
    // Rows drawn in the rejected ones' place are copies that nobody accepted.
    let unseen = rows.filter { !others.contains(String($0)) }.count
    #expect(outcome.acceptedRows == 30 - unseen)
    #expect(outcome.passed == (unseen == 0) && (outcome.rows ?? 0) == unseen)
    #expect(try Card(path: second.folder + "/card.json").rejectedRows ?? 0 >= 1)
  }

  @Test func aReviewOfOtherRowsIsRefused() throws {
    defer { clean() }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    func write(_ text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/review.json")) }
    func message() throws -> String {
      let error = #expect(throws: ExperimentError.self) { try run("review: review.json") }
      #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
      return error?.description ?? ""
    }
    let path = folder + "/review.json"
    try write("[1")
    #expect(try message() == "\(path): is no review file: it is no JSON")
    try write(#"{"format": "mynah-review"}"#)
    #expect(try message().hasPrefix("\(path): is no review file: '"))
    let head = #""format_version": 1, "table_sha256": "0", "train_sha256": "0", "columns": ["n", "c"]"#
    try write(#"{"format": "other", "rows": [], \#(head)}"#)
    #expect(try message().contains("expected format 'mynah-review'"))
    try write(#"{"format": "mynah-review", "rows": [], \#(head)}"#)
    #expect(try message().contains("is about rows learned from another table"))
    try write(#"{"format": "mynah-review", "rows": [{"row": 1, "decision": "maybe", "values": []}], \#(head)}"#)
    #expect(try message().contains("rows[0].decision: the value is not one of those possible"))
    try write(#"{"format": "mynah-review", "rows": [{"row": 1, "decision": "rejected", "values": []}], \#(head)}"#)
    #expect(try message().contains("row 1 has 0 values for 2 columns"))
  }

  @Test(arguments: [
    ("gates: [copies]", "gates: 'copies' is no gate"),
    ("gates: ['copis<=0']", "unknown metric 'copis'; did you mean 'copies'?"),
    ("gates: {a: b}", "gates: must be text"),
    ("purpose: {against: [x]}", "purpose: 'for' is missing"),
    ("purpose: {uses: [x]}", "unknown key 'uses' in purpose"),
    ("report: {rows: no}", "unknown key 'rows' in report"),
    ("evaluation: []", "evaluation: the list is empty"),
    ("evaluation: [{sensitive: c}]", "a metric with parameters needs the key kind"),
    (
      "evaluation: [{kind: fairness, sensitiv: c}]",
      "unknown key 'sensitiv' in metric 'fairness'; did you mean 'sensitive'?"
    ),
    ("evaluation: [{kind: k-anonymity, k: few}]", "k: must be a whole number, got 'few'"),
  ]) func whatIsWrongHasItsPlace(_ lines: String, _ message: String) throws {
    defer { clean() }
    let error = #expect(throws: ExperimentError.self) { try configuration(lines) }
    #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    #expect(error?.place?.line == 5)
  }

  @Test func columnsOfMetricsAreCheckedBeforeTraining() throws {
    defer { clean() }
    let error = #expect(throws: ExperimentError.self) { try run("evaluation: [{kind: k-anonymity, known: [cc]}]") }
    #expect(error?.message == "k-anonymity: there is no column 'cc'; did you mean 'c'?" && error?.place?.line == 5)
  }

  @Test func metricsHaveParametersAndFamilies() throws {
    defer { clean() }
    let read = try configuration(
      "evaluation: [privacy, shape, {kind: k-anonymity, k: 9, known: [c]}, {kind: trend, correlation_threshold: 0}]")
    #expect(read.evaluation.contains("membership-inference") && !read.evaluation.contains("utility"))
    let anonymity = try #require(read.metrics.lazy.compactMap { $0 as? KAnonymity }.first)
    #expect(anonymity == KAnonymity(known: ["c"], k: 9))
    #expect(read.metrics.contains { ($0 as? ColumnPairTrends)?.correlationThreshold == 0 })
    let again = try ExperimentConfiguration(yaml: try read.yaml(), file: "a.yaml", registry: .forTests)
    #expect(try again.yaml() == read.yaml() && again.evaluation == read.evaluation)
    #expect(Set(try configuration("evaluation: all").evaluation) == Set(Registry.standard.metrics))
    let registry = Registry.standard
    let chosen = try registry.metrics(
      ["fidelity", "fairness"], settings: [try SettingOverride("fairness.sensitive=c")])
    #expect(chosen.contains { ($0 as? Fairness)?.sensitive == "c" })
    #expect(throws: ExperimentError.self) {
      try registry.metrics(["shape"], settings: [try SettingOverride("fairness.sensitive=c")])
    }
    #expect(throws: ExperimentError.self) {
      try registry.metrics(["shape"], settings: [try SettingOverride("sensitive=c")])
    }
  }

  @Test func severalGeneratorsAreComparedOnOnePage() throws {
    defer { clean() }
    let summary = try run("gates: ['copies<=0']", generators: "[{kind: parrot}, {kind: parrot, name: other}]")
    #expect(summary.failedGates.map { $0.prefix(6) } == ["parrot", "other:"])
    #expect(files.contains("report.html") && files.contains("parrot/report.html") && files.contains("other/card.json"))
    #expect(try text("report.html").contains("other/report.html"))
  }
}
