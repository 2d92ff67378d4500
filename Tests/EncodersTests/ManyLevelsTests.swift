import Foundation
import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEncoders

/// Columns with more levels than codes.
@Suite struct ManyLevelsTests {
  /// Level n of `levels` occurs about 1/(n + 1) as often as the first.
  private func zipf(_ levels: Int, rows: Int, missing: Validity? = nil) -> Column {
    var random = RandomSource(seed: 3)
    var sum = 0.0
    let cumulative = (0..<levels).map { level in
      sum += 1 / Double(level + 1)
      return sum
    }
    let codes = (0..<rows).map { row in
      row < levels ? Int32(levels - 1 - row) : Int32(random.index(cumulative: cumulative))
    }
    return .categorical(codes: codes, levels: (0..<levels).map { "level \($0)" }, missing)
  }

  private func fitted(_ column: Column, _ maximumLevels: Int) throws -> FittedOneHotEncoder {
    var random = RandomSource(seed: 1)
    return try OneHotEncoder(maximumLevels: maximumLevels).fitted(to: column, using: &random)
  }

  @Test func theMostFrequentKeepCodes() throws {
    let column = Column.categorical(
      codes: [3, 0, 1, 1, 3, 2, 4, 4, 4, 0], levels: ["a", "b", "c", "d", "e"], nil)
    let encoder = try fitted(column, 3)
    // e is the most frequent; of a, b and d, twice each, a comes first.
    #expect(
      encoder.levels == ["a", "e", "b", "c", "d"] && encoder.ownCount == 2 && encoder.rest == ["b", "c", "d"]
        && encoder.restCounts == [2, 1, 2])
    #expect(encoder.spans.map(\.width) == [3] && encoder.missingCode == nil && encoder.restCode == 2)
    #expect(encoder.place(of: "e") == .own(code: 1) && encoder.place(of: "d") == .rest(code: 2, index: 2))
    #expect(encoder.place(of: "f") == nil && encoder.code(of: "b") == nil)
    #expect(encoder.code(of: "a") == 0)
    var random = RandomSource(seed: 2)
    #expect(
      try encoder.encode(column, using: &random)
        == [.codes(CompactCodes([2, 0, 2, 2, 2, 2, 1, 1, 1, 0], cardinality: 3))])
    let held = try encoder.column(holding: .rest(code: 2, index: 1), count: 2)
    #expect(held == .categorical(codes: [3, 3], levels: ["a", "e", "b", "c", "d"], nil))
    #expect(throws: TableError.self) { try encoder.column(holding: .rest(code: 2, index: 3), count: 1) }
    #expect(try fitted(column, 5).restCode == nil && fitted(column, 4).rest.count == 2)
  }

  @Test func theRestIsDrawnByItsFrequency() throws {
    let column = zipf(1_000, rows: 30_000)
    let encoder = try fitted(column, 51)
    var random = RandomSource(seed: 5)
    let draws = 400_000
    let blocks = [EncodedBlock.codes(CompactCodes(Array(repeating: Int32(50), count: draws), cardinality: 51))]
    guard case .categorical(let codes, let levels, nil) = try encoder.decode(blocks, count: draws, using: &random)
    else {
      Issue.record("expected levels")
      return
    }
    var counts = [Double](repeating: 0, count: levels.count)
    for code in codes { counts[Int(code)] += 1 }
    #expect(counts[..<50].allSatisfy { $0 == 0 })
    // Pearson's statistic has mean 949 and variance 2 · 949: five deviations above is 1167.
    let total = Double(encoder.restCounts.reduce(0, +))
    let statistic = zip(counts[50...], encoder.restCounts).reduce(0.0) { sum, pair in
      let expected = Double(draws) * Double(pair.1) / total
      return sum + (pair.0 - expected) * (pair.0 - expected) / expected
    }
    #expect(statistic < 1_167 && statistic > 731, "\(statistic)")
  }

  @Test func ownLevelsAndMissingOnesComeBack() throws {
    var random = RandomSource(seed: 7)
    let missing = someMissing(3_000, share: 0.2, using: &random)
    let column = zipf(400, rows: 3_000, missing: missing)
    let encoder = try fitted(column, 100)
    #expect(encoder.cardinality == 101 && encoder.missingCode == 100)
    let blocks = try encoder.encode(column, using: &random)
    let decoded = try encoder.decode(blocks, count: 3_000, using: &random)
    guard case .categorical(let before, let names, _) = column, case .categorical(let after, let levels, _) = decoded
    else {
      Issue.record("expected levels")
      return
    }
    for row in 0..<3_000 {
      #expect(decoded.isMissing(row) == column.isMissing(row))
      guard !column.isMissing(row) else { continue }
      let name = names[Int(before[row])]
      if case .own = encoder.place(of: name) {
        #expect(levels[Int(after[row])] == name)
      } else {
        #expect(after[row] >= 99)
      }
    }
    // What is decoded can be encoded again, to the same codes.
    #expect(try encoder.encode(decoded, using: &random) == blocks)
    let stored = try JSONEncoder().encode(encoder)
    #expect(try JSONDecoder().decode(FittedOneHotEncoder.self, from: stored) == encoder)
  }

  @Test func oneCodeForAllIsDrawnWithoutABlock() throws {
    let encoder = try fitted(zipf(20, rows: 500), 1)
    #expect(encoder.spans.isEmpty && encoder.ownCount == 0)
    var random = RandomSource(seed: 9)
    guard case .categorical(let codes, _, nil) = try encoder.decode([], count: 2_000, using: &random) else {
      Issue.record("expected levels")
      return
    }
    #expect(Set(codes).count == 20)
  }

  @Test func wholeNumbersCanBeLevels() throws {
    let values = Validity([true, true, false, true, true])
    let column = Column.integer([7, -3, 99, 7, .min], values)
    let encoder = try fitted(column, 10)
    #expect(encoder.levels == ["\(Int64.min)", "-3", "7"] && encoder.cardinality == 4)
    #expect(encoder.code(of: "007") == 2 && encoder.code(of: "99") == nil)
    #expect(checkFitted(encoder, on: column, tolerance: 0) == [])
    var random = RandomSource(seed: 1)
    #expect(throws: TableError.self) { try encoder.encode(.integer([8], nil), using: &random) }
    #expect(throws: TableError.self) { try encoder.encode(zipf(3, rows: 3), using: &random) }
    #expect(throws: TableError.self) { try fitted(.continuous([1.5], nil), 10) }
    #expect(throws: TableError.self) { try fitted(column, 0) }
  }

  @Test(arguments: [[1], [1, 1], [1, 5, 2], [1_000_000, 1, 1, 7], [3, 3, 3, 100, 1]])
  func aliasesGiveExactShares(counts: [Int]) {
    var random = RandomSource(seed: 11)
    let table = AliasTable(counts: counts)
    let draws = 60_000
    var drawn = [Double](repeating: 0, count: counts.count)
    for _ in 0..<draws { drawn[table.draw(using: &random)] += 1 }
    let total = Double(counts.reduce(0, +))
    for (seen, count) in zip(drawn, counts) {
      let share = Double(count) / total
      // Five standard deviations of a binomial share.
      let bound = 5 * (share * (1 - share) / Double(draws)).squareRoot() + 1e-3
      #expect(abs(seen / Double(draws) - share) < bound)
    }
  }
}
