import MynahRandomness
import MynahTables
import Testing

@testable import MynahEvaluation

@Suite struct BalanceHTMLReportTests {
  private static let hostile = "<script>\"\u{301} onload='x'"

  /// A trial of one method that works and one that does not, on a class with a hostile name.
  private func page() throws -> String {
    var random = RandomSource(seed: 3)
    let labels = (0..<80).map { Int32($0 % 4 == 0 ? 1 : 0) }
    let table = try Table(
      schema: Schema([ColumnSchema(name: "x", kind: .continuous), ColumnSchema(name: Self.hostile, kind: .categorical)]
      ),
      columns: [
        .continuous(labels.map { Double($0) + random.normal() }, nil),
        .categorical(codes: labels, levels: ["no", Self.hostile], nil),
      ])
    var trial = BalanceTrial(target: Self.hostile)
    (trial.folds, trial.repeats, trial.judges) = (2, 1, [.logisticRegression])
    let report = try trial.report(
      on: table,
      methods: [
        BalanceTrial.Method(name: "twice") { table, _ in (try table.appending(table), table.rowCount) },
        BalanceTrial.Method(name: "none") { _, _ in throw TableError(Self.hostile) },
      ], using: &random)
    return BalanceHTMLReport(
      title: Self.hostile, facts: [("Rows", "80")],
      methods: [.init(name: "twice", rows: "80 -> 160"), .init(name: "none", rows: Self.hostile, hasFailed: true)],
      trial: report, provenance: [("Seed", "3")]
    ).render()
  }

  @Test func everythingIsOnThePage() throws {
    let page = try page()
    for text in [
      "<dt>Rows</dt><dd>80</dd>", "Does balancing help?", "Judged by logistic regression, best first",
      "<bdi>imbalanced</bdi>", "<bdi>class-weights</bdi>", "<bdi>twice</bdi>", "PR AUC", "ROC AUC", "80 -&gt; 160",
      "<span class=\"badge hurts\">failed</span>", "Exact copies", "<th scope=\"row\">Seed</th>",
    ] {
      #expect(page.contains(text), "no '\(text)'")
    }
    #expect(!page.contains("{{") && !page.contains("Optional(") && !page.contains(">nan"))
    #expect(try self.page() == page)
  }

  @Test func thePageIsWellFormedAndNamesAreText() throws {
    let page = try page()
    let xml = page.replacing("<!DOCTYPE html>", with: "").replacing(#/<meta([^>]*)>/#) { "<meta\($0.1)/>" }
    let parser = XMLWellFormedness(xml)
    #expect(parser.error == nil, "\(parser.error ?? "")")
    #expect(parser.attributeNames.isDisjoint(with: ["onload", "src", "href"]))
    for needle in ["http:", "https:", "src=", "href=", "url(", "<script", "javascript:"] {
      #expect(!page.contains(needle), "\(needle) in the page")
    }
  }

  @Test func withoutATrialThereAreTablesOnly() {
    let page = BalanceHTMLReport(title: "t", methods: [.init(name: "smote", rows: "1 -> 2")]).render()
    #expect(page.contains("Balanced tables") && !page.contains("Does balancing help?"))
  }
}
