import MynahRandomness
import MynahTables
import Testing

@testable import MynahEvaluation

@Suite struct GateCheckTests {
  private static let schema = Schema([
    ColumnSchema(name: "=n", kind: .integer), ColumnSchema(name: "level", kind: .categorical),
  ])

  private func table(_ numbers: [Int64], _ levels: [String]) throws -> Table {
    let names = Array(Set(levels)).sorted()
    return try Table(
      schema: Self.schema,
      columns: [
        .integer(numbers, nil),
        .categorical(codes: levels.map { level in Int32(names.firstIndex(of: level) ?? 0) }, levels: names, nil),
      ])
  }

  private func results(
    _ gates: [String], _ metrics: [any Metric], _ synthetic: Table, _ train: Table, review: Review? = nil
  ) throws -> [GateCheck.Result] {
    let random = RandomSource(seed: 1)
    let real = RealData(train: train)
    let evaluation = try TableEvaluation(of: synthetic, against: real, metrics: metrics, using: random)
    let check = GateCheck(try gates.map { try Gate($0) }, metrics: metrics, review: review)
    return try check.results(evaluation, of: synthetic, against: real, using: random)
  }

  private func lines(_ result: GateCheck.Result) -> [String] {
    String(decoding: result.findings?.csv ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func copiesAreListedWithTheRowsTheyCopy() throws {
    let train = try table([1, 2, 3], ["a", "=SUM(A1)", "b,\"c\""])
    let synthetic = try table([9, 3, 2], ["a", "b,\"c\"", "=SUM(A1)"])
    let result = try results(["copies<=0.5"], [Copies()], synthetic, train)[0]
    #expect(!result.outcome.passed && result.outcome.rows == 2)
    #expect(
      lines(result) == [
        "finding_row,finding_reason,finding_distance,finding_train_row,'=n,level",
        "2,is a training row,0,3,3,\"b,\"\"c\"\"\"", "3,is a training row,0,2,2,'=SUM(A1)",
      ])
    #expect(try results(["copies<=0.7"], [Copies()], synthetic, train)[0].findings == nil)
  }

  @Test func acceptedRowsBreakNoGate() throws {
    let train = try table([1, 2, 3], ["a", "b", "c"])
    let synthetic = try table([3, 9, 2, 3], ["c", "a", "b", "c"])
    var review = Review(
      tableSha256: "", trainSha256: "", columns: ["level", "=n"],
      rows: [
        Review.Row(row: 1, decision: .accepted, values: ["c", "3"]),
        Review.Row(row: 2, decision: .rejected, values: ["a", "9"]),
      ])
    let result = try results(["copies<=0"], [Copies()], synthetic, train, review: review)[0]
    #expect(!result.outcome.passed && result.outcome.acceptedRows == 2 && result.outcome.value == 0.5)
    #expect(lines(result).dropFirst() == ["3,is a training row,0,2,2,b"])
    review.rows.append(Review.Row(row: 3, decision: .accepted, values: ["b", "2"]))
    let passed = try results(["copies<=0"], [Copies()], synthetic, train, review: review)[0]
    #expect(passed.outcome.passed && passed.outcome.text == "gate copies<=0: 0 passes, 3 accepted rows left out")
    #expect(review.rows(.accepted, in: synthetic) == [0, 2, 3] && review.rows(.rejected, in: synthetic) == [1])
  }

  @Test func whereNoRowIsToBlameTheFiguresAreListed() throws {
    let train = try table([1, 2, 3], ["a", "b", "c"])
    let result = try results(["shape>=0.9"], [ColumnShapes()], try table([1, 2, 9], ["a", "a", "a"]), train)[0]
    #expect(result.outcome.rows == nil)
    #expect(lines(result) == ["figure,value", "level,0.333333", "'=n,0.666667"])
  }

  @Test func nearCopiesAreListedNearestFirst() throws {
    let train = try table([0, 500, 1000], ["a", "b", "c"])
    let synthetic = try table([501, 0, 700], ["b", "a", "a"])
    let result = try results(["near-copies<=0"], [NearCopies(tolerance: 0.001)], synthetic, train)[0]
    // |501 − 500| / 1000 / 2 columns = 0.0005.
    #expect(
      lines(result).dropFirst() == [
        "2,is a training row,0,1,0,a", "1,all but repeats a training row,0.0005,2,501,b",
      ])
  }

  @Test func rowsOfFewAndBeyondExtremesAreListed() throws {
    let train = try table([1, 2, 3, 4, 5], ["a", "a", "b", "b", "c"])
    let synthetic = try table([2, 9, 3], ["c", "a", "b"])
    let metrics: [any Metric] = [KAnonymity(known: ["level"], k: 2), BoundaryAdherence()]
    let found = try results(["k-anonymity<=0", "boundary-adherence>=1"], metrics, synthetic, train)
    #expect(lines(found[0]).dropFirst() == ["1,1 training row has these quasi-identifiers,,,2,c"])
    #expect(lines(found[1]).dropFirst() == ["2,beyond the real extremes of =n,,,9,a"])
  }

  @Test func rareCombinationsAreListedByWhatIsRare() throws {
    let train = try table([1, 1, 1, 2, 2, 2], ["a", "a", "b", "b", "b", "b"])
    // (1, b) is one training row's; every single value is in two or more.
    let synthetic = try table([1, 2, 1], ["b", "b", "a"])
    let result = try results(
      ["rare-combinations<=0"], [RareCombinations(k: 2)], synthetic, train)[0]
    #expect(lines(result).dropFirst().map { $0.split(separator: ",")[0] } == ["1"])
    #expect(lines(result)[1] == "1,\"1 training row has these values of =n, level\",,,1,b")
  }

  @Test("Rows nearer to a training row than to any unseen one are listed, the nearest first, with that row")
  func nearerRows() throws {
    let train = try table([10, 20, 30, 1000], ["a", "a", "a", "a"])
    let holdout = try table([500, 510, 520, 0], ["a", "a", "a", "a"])
    let synthetic = try table([505, 22, 30, 499], ["a", "a", "a", "a"])
    let real = RealData(train: train, holdout: holdout)
    var random = RandomSource(seed: 1)
    let findings = try ClosestRecord().findings(synthetic, against: real, using: &random)
    #expect(findings.map(\.row) == [2, 1] && findings.map(\.trainRow) == [2, 1])
    #expect(findings.map { ($0.distance ?? 1) < 0.01 } == [true, true] && findings[0].distance == 0)
  }
}
