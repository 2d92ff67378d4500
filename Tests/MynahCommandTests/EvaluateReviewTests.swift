import Crypto
import Foundation
import Testing

/// `mynah evaluate --review`, and what its files may not do to others.
@Suite struct EvaluateReviewTests {
  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(smallTable(), to: "data.csv")
    // Two copies and 48 other rows.
    let lines = smallTable().split(separator: "\n")
    let others = (0..<48).map { "\(100 + $0),green,<=50K,\($0)" }
    try sandbox.write(
      ([lines[0], lines[2], lines[3]].map(String.init) + others).joined(separator: "\n") + "\n", to: "s.csv")
    return sandbox
  }

  private func review(_ sandbox: Sandbox, _ decisions: [String], train: String? = nil, column: String = "age") throws
    -> String
  {
    let hash = try SHA256.hash(data: sandbox.data("data.csv")).map { String(format: "%02x", $0) }.joined()
    let lines = try sandbox.text("s.csv").split(separator: "\n").dropFirst().prefix(decisions.count)
    let rows = zip(lines, decisions).enumerated().map { place, row in
      let values = row.0.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(
        separator: ",")
      return "{\"row\": \(place + 1), \"decision\": \"\(row.1)\", \"values\": [\(values)]}"
    }
    return """
      {"format": "mynah-review", "format_version": 1, "table_sha256": "0", "train_sha256": "\(train ?? hash)",
       "columns": ["\(column)", "color", "income", "score"], "rows": [\(rows.joined(separator: ","))]}
      """
  }

  private func evaluate(_ sandbox: Sandbox, _ more: [String] = []) throws -> Sandbox.Result {
    try sandbox.run(
      [
        "evaluate", "s.csv", "--train", "data.csv", "--metric", "copies", "--gate", "copies<=0", "--review", "r.json",
        "-q",
      ]
        + more)
  }

  @Test func acceptedRowsBreakNoGateAndRejectedOnesDo() throws {
    let sandbox = try sandbox()
    try sandbox.write(review(sandbox, ["accepted", "accepted"]), to: "r.json")
    let accepted = try evaluate(sandbox)
    #expect(accepted.status == 0, "\(accepted.error)")
    #expect(accepted.output.contains("gate copies<=0: 0 passes, 2 accepted rows left out"))
    try sandbox.write(review(sandbox, ["accepted", "rejected"]), to: "r.json")
    let rejected = try evaluate(sandbox)
    #expect(rejected.status == 2)
    #expect(rejected.error.hasSuffix("mynah: 1 row is in it that a reviewer rejected\n"), "\(rejected.error)")
  }

  @Test func aReviewOfAnotherTableIsRefused() throws {
    let sandbox = try sandbox()
    try sandbox.write(review(sandbox, ["accepted"], train: "11"), to: "r.json")
    let other = try evaluate(sandbox)
    #expect(other.status == 65 && other.error.hasPrefix("mynah: r.json: is about rows learned from another table"))
    try sandbox.write(review(sandbox, ["accepted"], column: "aeg"), to: "r.json")
    let renamed = try evaluate(sandbox)
    #expect(
      renamed.status == 65 && renamed.error.contains("is about other columns; 'aeg' is in one of the tables only"))
  }

  @Test func findingsReplaceNothingThatIsRead() throws {
    let sandbox = try sandbox()
    try sandbox.write(smallTable(), to: "s.gate-copies.csv")
    let before = try sandbox.data("s.gate-copies.csv")
    let result = try sandbox.run([
      "evaluate", "s.csv", "--train", "s.gate-copies.csv", "--metric", "copies", "--gate", "copies<=0", "-q",
    ])
    #expect(result.status == 73 && result.error.contains("s.gate-copies.csv: is what is read"), "\(result.error)")
    #expect(try sandbox.data("s.gate-copies.csv") == before)
    let both = try sandbox.run([
      "evaluate", "s.csv", "--train", "data.csv", "--metric", "copies", "--json", "x", "--report", "x", "-q",
    ])
    #expect(both.status == 73 && both.error.contains("is named by --json and by --report"))
  }

  @Test func tablesWhoseNamesDifferByTheEndingHaveFindingsOfTheirOwn() throws {
    let sandbox = try sandbox()
    try sandbox.write(sandbox.text("s.csv"), to: "s")
    let result = try sandbox.run([
      "evaluate", "s.csv", "s", "--train", "data.csv", "--metric", "copies", "--gate", "copies<=0", "--findings", "f",
      "-q",
    ])
    #expect(result.status == 2)
    #expect(sandbox.contents.filter { $0.hasPrefix("f/") } == ["f/s-2.gate-copies.csv", "f/s.gate-copies.csv"])
  }
}
