import Foundation
import Testing

/// `mynah run` with conditions of release, and with a reviewer's decisions.
@Suite struct ReleaseCommandTests {
  private static let experiment = """
    name: twins
    seed: 7
    dataset: {path: data.csv, target: income}
    generators: [{kind: bootstrap}]
    sample: {rows: 30}
    evaluation: [shape, copies]

    """

  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    try sandbox.write(Self.experiment, to: "twins.yaml")
    return sandbox
  }

  private func card(_ sandbox: Sandbox) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: sandbox.data("out/card.json")) as? [String: Any])
  }

  @Test(arguments: ["file", "option"]) func aGateStopsTheBootstrap(_ place: String) throws {
    let sandbox = try sandbox()
    var arguments = ["run", "twins.yaml", "-q", "-o", "out"]
    if place == "file" {
      try sandbox.write(Self.experiment + "gates: ['copies<=0']\n", to: "twins.yaml")
    } else {
      arguments += ["--gate", "copies<=0"]
    }
    let result = try sandbox.run(arguments)
    #expect(result.status == 2)
    #expect(result.error == "mynah: gate copies<=0: 1 is above 0 by 1; the 30 rows are in out/gate-copies.csv\n")
    #expect(sandbox.contents.contains("out/withheld.csv") && !sandbox.contents.contains("out/synthetic.csv"))
    #expect(try sandbox.text("out/gate-copies.csv").split(separator: "\n").count == 31)
    let card = try card(sandbox)
    #expect(card["released"] as? Bool == false)
    #expect((card["table"] as? [String: Any])?["name"] as? String == "withheld.csv")
    let check = try sandbox.run(["evaluate", "out/withheld.csv", "--card", "out/card.json"])
    #expect(check.status == 2 && check.error == "mynah: out/withheld.csv: was not released; it fails copies<=0\n")
  }

  /// What a reviewer has rejected is not made again; the table is as long as asked for all the same.
  @Test func aRejectedRowIsNotMadeAgain() throws {
    let sandbox = try sandbox()
    try sandbox.run(["run", "twins.yaml", "-q", "-o", "out"])
    let before = try sandbox.text("out/synthetic.csv").split(separator: "\n").map(String.init)
    let rejected = before[1]
    let card = try card(sandbox)
    let table = try #require((card["table"] as? [String: Any])?["sha256"] as? String)
    let source = try #require(card["source"] as? [String: Any])
    let train = try #require((source["train"] as? [String: Any])?["sha256"] as? String)
    let values = rejected.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }
    func review(_ train: String) -> String {
      """
      {"format": "mynah-review", "format_version": 1, "table_sha256": "\(table)", "train_sha256": "\(train)",
       "columns": ["age", "color", "income", "score"],
       "rows": [{"row": 1, "decision": "rejected", "values": [\(values.joined(separator: ", "))]}]}
      """
    }
    try sandbox.write(review(train), to: "review.json")
    let again = try sandbox.run(["run", "twins.yaml", "-q", "-o", "out", "--review", "review.json"])
    #expect(again.status == 0, "\(again.error)")
    let after = try sandbox.text("out/synthetic.csv").split(separator: "\n").map(String.init)
    #expect(after.count == before.count && !after.contains(rejected))
    #expect(try #require(try self.card(sandbox)["rejected_rows"] as? Int) >= before.count { $0 == rejected })

    try sandbox.write(review(String(repeating: "0", count: 64)), to: "other.json")
    let other = try sandbox.run(["run", "twins.yaml", "-q", "-o", "out", "--review", "other.json"])
    #expect(other.status == 65 && other.error.contains("is about rows learned from another table"), "\(other.error)")
  }

  @Test(
    arguments: [
      (["--gate", "copyes<=0"], 65, "--gate: unknown metric 'copyes'; did you mean 'copies'?"),
      (["--gate", "copies<0x"], 64, "got '0x'"),
      (["--review", "none.json"], 66, "none.json: no such file"),
    ] as [([String], Int32, String)])
  func refusesOptions(_ options: [String], _ status: Int32, _ message: String) throws {
    let sandbox = try sandbox()
    let result = try sandbox.run(["run", "twins.yaml", "-q", "-o", "out"] + options)
    #expect(result.status == status && result.error.contains(message), "\(result.error)")
    #expect(result.error.split(separator: "\n").count == 1)
    #expect(sandbox.contents == ["data.csv", "twins.yaml"])
  }

  @Test(arguments: [
    ("copyes<=0", "twins.yaml:7:8: unknown metric 'copyes'; did you mean 'copies'?"),
    ("copies<0x", "twins.yaml:7:9: gates: 'copies<0x': expected a number, holdout or marginals after <"),
  ]) func refusesAGateOfAFile(_ gate: String, _ message: String) throws {
    let sandbox = try sandbox()
    try sandbox.write(Self.experiment + "gates: [\"\(gate)\"]\n", to: "twins.yaml")
    let result = try sandbox.run(["run", "twins.yaml", "-q", "-o", "out"])
    #expect(result.status == 65 && result.error.hasPrefix("mynah: \(message)"), "\(result.error)")
  }
}
