import MynahRandomness
import MynahTables
import Testing

@testable import MynahOversamplers

/// Every mistake is one line that says what would be right.
@Suite struct BadRequestTests {
  private func message(
    _ table: Table, _ request: BalanceRequest = BalanceRequest(target: "y"), _ method: any Resampler = SMOTE()
  ) -> String {
    var random = RandomSource(seed: 1)
    do {
      _ = try method.resampled(table, request, using: &random).table()
      return "no error"
    } catch let error as ResamplingError {
      return error.description
    } catch {
      return "another error: \(error)"
    }
  }

  private func table(_ y: [String], x: [Double]? = nil) throws -> Table {
    let levels = Array(Set(y)).sorted()
    return try Table(
      schema: Schema([ColumnSchema(name: "x", kind: .continuous), ColumnSchema(name: "y", kind: .categorical)]),
      columns: [
        .continuous(x ?? y.indices.map { Double($0) }, nil),
        .categorical(codes: y.map { Int32(levels.firstIndex(of: $0) ?? 0) }, levels: levels, nil),
      ])
  }

  private func classes(_ a: Int, _ b: Int) throws -> Table {
    try table(Array(repeating: "a", count: a) + Array(repeating: "b", count: b))
  }

  @Test func tooFewRows() throws {
    #expect(message(try classes(20, 4)) == "class 'b' has 4 rows, too few for 5 neighbours; --neighbours 3 would work")
    var smote = SMOTE()
    smote.kNeighbors = 3
    #expect(message(try classes(20, 4), BalanceRequest(target: "y"), smote) == "no error")
    #expect(message(try classes(20, 1)).contains("class 'b' has 1 row, and a row without another"))
  }

  @Test func targets() throws {
    #expect(message(try classes(20, 0)).contains("a single class: every row is 'a'"))
    #expect(message(try classes(9, 9), BalanceRequest(target: "Y")) == "there is no column 'Y'; did you mean 'y'?")
    #expect(message(try classes(9, 9), BalanceRequest(target: "x")).contains("is continuous; classes are needed"))
    #expect(message(try classes(9, 9), BalanceRequest(target: "y", bins: 4)).contains("bins are for numbers"))
    let missing = try Table(
      schema: Schema([ColumnSchema(name: "x", kind: .continuous), ColumnSchema(name: "y", kind: .categorical)]),
      columns: [
        .continuous([1, 2, 3], nil),
        .categorical(codes: [0, -1, 1], levels: ["a", "b"], Validity([true, false, true])),
      ])
    #expect(message(missing).contains("target 'y' is missing in 1 of 3 rows, first in data row 2"))
  }

  @Test func amounts() throws {
    func asked(_ strategy: SamplingStrategy) throws -> String {
      message(try classes(40, 20), BalanceRequest(target: "y", strategy: strategy))
    }
    #expect(try asked(.ratio(0.4)).hasPrefix("a ratio of 0.4 means 16 rows of 'b', which has 20 already (ratio 0.5)"))
    #expect(try asked(.ratio(1.5)).contains("above 0 and at most 1, got 1.5"))
    #expect(try asked(.counts(["b": 19])).hasPrefix("class 'b' has 20 rows already, more than the 19 asked for"))
    #expect(try asked(.counts(["B": 30])) == "target 'y' has no class 'B'; did you mean 'b'?")
    #expect(try asked(.ratio(0.5)) == "no error")
    #expect(try asked(.counts(["b": 9_000_000_000_000_000_000])).contains("more than 2147483647 rows"))
    // 100 · 0.29 is a little less than 29.
    #expect(message(try classes(100, 29), BalanceRequest(target: "y", strategy: .ratio(0.29))) == "no error")
    let three = try table((0..<60).map { ["a", "b", "c"][$0 % 3] })
    #expect(message(three, BalanceRequest(target: "y", strategy: .ratio(1))).contains("has 3; say --counts instead"))
  }

  @Test func columnsThatDoNotFit() throws {
    let mixed = try Tables.mixed(100, 20)
    #expect(
      message(mixed).hasPrefix(
        "column 'city' (and 1 more) is categorical, and 'smote' interpolates numbers: use smote-nc"))
    #expect(message(mixed, BalanceRequest(target: "y"), SMOTEN()).contains("smoten compares categories only"))
    #expect(
      message(mixed, BalanceRequest(target: "y", keepTogether: [["city", "countri"]])).contains("mean 'country'"))
    #expect(message(mixed, BalanceRequest(target: "y", keepTogether: [["id", "city"]])).contains("identifiers"))
    #expect(message(mixed, BalanceRequest(target: "y", ignoring: ["y"])).contains("is the target"))
    let categories = try Table(
      schema: Schema([3, 6].map { mixed.schema.columns[$0] }), columns: [3, 6].map { mixed.columns[$0] })
    var smote = SMOTE()
    smote.categorical = .vote
    #expect(message(categories, BalanceRequest(target: "y"), smote).hasPrefix("there is no numeric column for 'smote'"))
  }

  @Test func numbersThatAreNone() throws {
    var x = (0..<40).map { Double($0) }
    x[7] = .infinity
    let y = (0..<40).map { $0 < 30 ? "a" : "b" }
    #expect(message(try table(y, x: x)).hasPrefix("column 'x' has inf in data row 8"))
    x[7] = .nan
    #expect(message(try table(y, x: x)).hasPrefix("column 'x' has nan in data row 8"))
  }

  @Test func nothingAtTheBorder() throws {
    let apart = try table(
      (0..<60).map { $0 < 40 ? "a" : "b" }, x: (0..<60).map { $0 < 40 ? Double($0) : 1e6 + Double($0) })
    #expect(
      message(apart, BalanceRequest(target: "y"), BorderlineSMOTE()).hasPrefix("no row of class 'b' is in danger"))
    #expect(message(apart, BalanceRequest(target: "y"), ADASYN()).contains("use smote"))
    var random = RandomSource(seed: 1)
    let reference = try BorderlineSMOTE().resampled(
      apart, BalanceRequest(target: "y", followsReference: true), using: &random)
    #expect(reference.addedCount == 0 && reference.notices.count == 1)
  }

  @Test func densitiesBeyondNumbers() throws {
    var method = KMeansSMOTE()
    method.densityExponent = 2000
    method.clusterBalanceThreshold = 0
    #expect(message(try classes(60, 30), BalanceRequest(target: "y"), method) == "no error")
    method.clusters = 1000
    #expect(message(try classes(60, 30), BalanceRequest(target: "y"), method).contains("more than the table's 90 rows"))
    var cleaner = EditedNearestNeighbours()
    cleaner.nNeighbors = 90
    #expect(message(try classes(60, 30), BalanceRequest(target: "y"), cleaner).contains("a row has 89 others"))
  }

  @Test func hyperparameters() throws {
    var smote = SMOTE()
    smote.kNeighbors = 0
    #expect(
      message(try classes(9, 9), BalanceRequest(target: "y"), smote) == "k_neighbors must be from 1 to 65536, got 0")
    var random = RandomOversampler()
    random.shrinkage = -1
    #expect(message(try classes(9, 9), BalanceRequest(target: "y"), random).contains("shrinkage must not be below 0"))
  }
}
