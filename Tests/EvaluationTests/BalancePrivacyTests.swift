import MynahRandomness
import MynahTables
import Testing

@testable import MynahEvaluation

@Suite struct BalancePrivacyTests {
  /// Real rows 0, 1, 3, 3 of a range of 10 in the whole table, with one of another class.
  private static func table(_ x: [Double], _ levels: [Int32], fraud: [Bool]) throws -> Table {
    try Table(
      schema: Schema([
        ColumnSchema(name: "x", kind: .continuous), ColumnSchema(name: "c", kind: .categorical),
        ColumnSchema(name: "id", kind: .identifier), ColumnSchema(name: "y", kind: .boolean),
      ]),
      columns: [
        .continuous(x, nil), .categorical(codes: levels, levels: ["p", "q"], nil),
        .integer(x.indices.map { Int64($0) }, nil),
        .categorical(codes: fraud.map { $0 ? 1 : 0 }, levels: ["no", "yes"], nil),
      ])
  }

  private static func privacy(_ new: [Double], _ levels: [Int32]) throws -> BalancePrivacy {
    let real = try table([0, 1, 3, 3, 10], [0, 0, 0, 0, 0], fraud: [true, true, true, true, false])
    let more = try table(new, levels, fraud: new.map { _ in true })
    var random = RandomSource(seed: 1)
    return try BalancePrivacy(
      method: "m", real: real, resampled: try real.appending(more), realCount: 5, target: "y", positive: "yes",
      using: &random)
  }

  /// By hand. Distances between real rows that differ: 0.1, 0.1, 0.2; their 5 % quantile is 0.1.
  @Test func distancesAreThoseByHand() throws {
    let privacy = try Self.privacy([0, 0.5, 3.5, 8, 3], [0, 0, 0, 0, 1])
    #expect(privacy.newRows == 5 && privacy.realRows == 4 && privacy.distinctRealRows == 3)
    #expect(privacy.realTwinShare == 0.5 && privacy.copyShare == 0.2)
    // 0, 0.05, 0.05, 0.5 and, of another level, 1.
    #expect(abs(try #require(privacy.newMedian) - 0.05) < 1e-12)
    #expect(abs(try #require(privacy.realMedian) - 0.1) < 1e-12)
    #expect(abs(try #require(privacy.realLow) - 0.1) < 1e-12)
    #expect(privacy.nearCopyShare == 0.6)
  }

  @Test func identicalRealRowsDoNotHideCopies() throws {
    let privacy = try Self.privacy([3, 3, 3], [0, 0, 0])
    #expect(privacy.copyShare == 1 && privacy.nearCopyShare == 1)
  }

  @Test func nothingNewHasNoDistances() throws {
    let privacy = try Self.privacy([], [])
    #expect(
      privacy.newRows == 0 && privacy.copyShare == nil && privacy.nearCopyShare == nil && privacy.newMedian == nil)
    #expect(privacy.realMedian != nil)
  }
}
