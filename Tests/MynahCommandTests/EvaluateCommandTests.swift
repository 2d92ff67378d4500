import Foundation
import Testing

/// `mynah evaluate`: gates, comparisons, cards, and what is wrong with the options.
@Suite struct EvaluateCommandTests {
  /// Texts that a spreadsheet would compute, in the header and in cells.
  private static let formulas = """
    name,=total,n
    =1+1,a,-5
    @b,+c,3
    "-d,e",a,4
    plain,a,5

    """

  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    return sandbox
  }

  @Test func aGateThatFailsSaysByHowMuchAndLeavesTheRows() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.formulas, to: "t.csv")
    let result = try sandbox.run([
      "evaluate", "t.csv", "--train", "t.csv", "--metric", "copies", "--gate", "copies<=0.25", "--findings", "found",
      "-q",
    ])
    #expect(result.status == 2)
    #expect(
      result.error == "mynah: gate copies<=0.25: 1 is above 0.25 by 0.75; the 4 rows are in found/t.gate-copies.csv\n")
    // Numbers below 0 are no formulas.
    #expect(
      try sandbox.text("found/t.gate-copies.csv") == """
        finding_row,finding_reason,finding_distance,finding_train_row,name,'=total,n
        1,is a training row,0,1,'=1+1,a,-5
        2,is a training row,0,2,'@b,'+c,3
        3,is a training row,0,3,"'-d,e",a,4
        4,is a training row,0,4,plain,a,5

        """)
    #expect(sandbox.contents == ["found", "found/t.gate-copies.csv", "t.csv"])

    let passed = try sandbox.run([
      "evaluate", "t.csv", "--train", "t.csv", "--metric", "copies", "--gate", "copies<=1", "-q",
    ])
    #expect(passed.status == 0 && passed.error.isEmpty && passed.output.contains("gate copies<=1: 1 passes\n"))
  }

  @Test func severalTablesAreCompared() throws {
    let sandbox = try sandbox()
    try sandbox.write(smallTable(rows: 40).replacing("red", with: "green"), to: "other.csv")
    let result = try sandbox.run([
      "evaluate", "data.csv", "other.csv", "--train", "data.csv", "--metric", "shape", "--metric", "copies", "--gate",
      "copies<=0.9", "--report", "both.html", "--json", "both.json", "-q",
    ])
    #expect(result.status == 2)
    #expect(
      result.error
        == "mynah: data.csv: gate copies<=0.9: 1 is above 0.9 by 0.1; the 60 rows are in data.gate-copies.csv\n")
    #expect(
      result.output.hasPrefix("data.csv\nshape    1.0000") && result.output.contains("\n\nother.csv\nshape    0."))
    let report = try sandbox.text("both.html")
    #expect(report.contains("2 synthetic tables of data.csv") && report.contains("Shapes of single columns"))
    let json = try #require(try JSONSerialization.jsonObject(with: sandbox.data("both.json")) as? [[String: Any]])
    #expect(json.compactMap { $0["name"] as? String } == ["data.csv", "other.csv"])
  }

  @Test func aCardKnowsItsTable() throws {
    let sandbox = try sandbox()
    try sandbox.write(
      """
      name: leaflet
      dataset: {path: data.csv, target: income}
      generators: [{kind: marginals}]
      sample: {rows: 20}
      evaluation: [shape]
      purpose: {for: [teaching], against: [decisions about people]}
      """, to: "leaflet.yaml")
    #expect(try sandbox.run(["run", "leaflet.yaml", "-q", "-o", "out"]).status == 0)
    let right = try sandbox.run(["evaluate", "out/synthetic.csv", "--card", "out/card.json"])
    #expect(right.status == 0 && right.error.isEmpty)
    #expect(right.output.hasPrefix("out/synthetic.csv: is the table of the card of 'leaflet', unaltered\n  20 rows,"))
    #expect(right.output.contains("\n  for: teaching\n  not for: decisions about people\n"))

    let card = try #require(
      try JSONSerialization.jsonObject(with: sandbox.data("out/card.json")) as? [String: Any])
    let hash = try #require((card["table"] as? [String: Any])?["sha256"] as? String)
    var bytes = try sandbox.data("out/synthetic.csv")
    bytes[bytes.count - 2] ^= 1
    try sandbox.write(bytes, to: "altered.csv")
    let altered = try sandbox.run(["evaluate", "altered.csv", "--card", "out/card.json"])
    #expect(altered.status == 2 && altered.output.isEmpty)
    let message =
      "mynah: altered.csv: is not the table of the card, or was altered: its SHA-256 is [0-9a-f]{64}, "
      + "the card of 'leaflet' says \(hash)\n"
    #expect(altered.error.range(of: "^\(message)$", options: .regularExpression) != nil, "\(altered.error)")
    #expect(altered.error.ranges(of: hash).count == 1, "the other hash is that of the altered table")

    // Another training table is not the one of the card either.
    try sandbox.write(smallTable(rows: 50), to: "fewer.csv")
    let foreign = try sandbox.run([
      "evaluate", "out/synthetic.csv", "--card", "out/card.json", "--train", "fewer.csv", "-q",
    ])
    #expect(foreign.status == 2 && foreign.error.contains("is not the table that the card of 'leaflet' was made from"))
  }

  @Test(
    arguments: [
      (nil, 66, "there is no such file, or it cannot be read"), ("{", 65, "is no card: it is no JSON"),
      ("{}", 65, "is no card: 'format_version' is missing"), ("[1]", 65, "is no card: the value is of another type"),
    ] as [(String?, Int32, String)])
  func whatIsNoCardIsRefused(_ text: String?, _ status: Int32, _ message: String) throws {
    let sandbox = try sandbox()
    if let text { try sandbox.write(text, to: "card.json") }
    let result = try sandbox.run(["evaluate", "data.csv", "--card", "card.json"])
    #expect(result.status == status && result.error == "mynah: card.json: \(message)\n", "\(result.error)")
  }

  /// The nearest real rows stand beside the synthetic ones, unless a reader must not see them.
  @Test func realRowsAreLeftOut() throws {
    let sandbox = try Sandbox()
    let rows = (0..<60).map { ($0 * 7919 % 9973, ["red", "green"][$0 % 2]) }
    try sandbox.write("n,c\n" + rows.map { "\($0).25,\($1)\n" }.joined(), to: "real.csv")
    try sandbox.write("n,c\n" + rows.map { "\($0).5,\($1)\n" }.joined(), to: "made.csv")
    let arguments = [
      "evaluate", "made.csv", "--train", "real.csv", "--metric", "near-copies", "--report", "r.html", "-q",
    ]
    let cells = rows.map { "\($0.0).25" }
    #expect(try sandbox.run(arguments).status == 0)
    let shown = try sandbox.text("r.html")
    #expect(cells.count { shown.contains(">\($0)<") || shown.contains(" \($0)<") } >= 10)
    #expect(try sandbox.run(arguments + ["--no-real-rows"]).status == 0)
    let hidden = try sandbox.text("r.html")
    // The least and the greatest stand at the ends of an axis.
    #expect(cells.count { hidden.contains(">\($0)<") || hidden.contains(" \($0)<") } <= 2)
    #expect(rows.contains { hidden.contains("\($0.0).5") })
  }

  @Test(
    arguments: [
      (["--gate", "copies<0x"], 64, "expected a number, holdout or marginals after <, as in 'holdout+0.02', got '0x'"),
      (["--gate", "copies"], 64, "'copies' is no gate: expected a metric, <=, >=, <, > or ==, and a number"),
      (["--gate", "copyes<=0"], 65, "--gate: unknown metric 'copyes'; did you mean 'copies'?"),
      (["--gate", "copyes<=0", "--metric", "shape"], 65, "--gate: unknown metric 'copyes'; did you mean 'copies'?"),
      (["--metric", "copeis"], 65, "unknown metric 'copeis'; did you mean 'copies'?"),
      (
        ["--set", "near-copies.tolerance=x"], 65, "--set near-copies.tolerance=x: tolerance: must be a number, got 'x'"
      ),
      (
        ["--set", "near-copies.tolerence=0"], 65,
        "--set near-copies.tolerence=0: unknown key 'tolerence' in metric 'near-copies'; did you mean 'tolerance'?"
      ),
      (["--set", "copies.y=2"], 65, "metric 'copies' has no parameters, 'y' neither"),
      (["--set", "copeis.x=1"], 65, "--set copeis.x=1: unknown metric 'copeis'; did you mean 'copies'?"),
      (["--set", "near-copies=1"], 65, "--set near-copies=1: expected METRIC.PARAMETER=VALUE"),
      (
        ["--set", "near-copies.tolerance=0", "--metric", "shape"], 65,
        "'near-copies' is not among the metrics that are computed"
      ),
      (
        ["--set", "k-anonymity.known=[aeg]"], 65, "data.csv: k-anonymity: there is no column 'aeg'; did you mean 'age'?"
      ),
    ] as [([String], Int32, String)])
  func refusesOptionsBeforeAnythingIsComputed(_ options: [String], _ status: Int32, _ message: String) throws {
    let sandbox = try sandbox()
    let result = try sandbox.run(["evaluate", "data.csv", "--train", "data.csv", "--report", "r.html"] + options)
    #expect(result.status == status && result.output.isEmpty)
    #expect(result.error.hasPrefix("mynah: ") && result.error.contains(message), "\(result.error)")
    #expect(result.error.split(separator: "\n").count == 1)
    #expect(sandbox.contents == ["data.csv"])
  }
}
