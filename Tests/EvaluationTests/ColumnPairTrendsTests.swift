import MynahParallelism
import MynahRandomness
import MynahTables
import Testing

@testable import MynahEvaluation

@Suite("Column pair trends")
struct ColumnPairTrendsTests {
  private let everyPair = ColumnPairTrends(correlationThreshold: 0, associationThreshold: 0)

  private func table(_ columns: [(String, ColumnKind, Column)]) throws -> Table { try GoldenTables.table(columns) }
  private func numbers(_ values: [Double?]) -> Column { GoldenTables.numbers(values) }

  private func trend(_ real: (Column, Column), _ synthetic: (Column, Column)) throws -> PairTrend {
    func pair(_ columns: (Column, Column)) throws -> Table {
      try table([
        ("a", columns.0.isDiscrete ? .categorical : .continuous, columns.0),
        ("b", columns.1.isDiscrete ? .categorical : .continuous, columns.1),
      ])
    }
    return try everyPair.report(pair(synthetic), against: pair(real)).pairs[0]
  }

  @Test("Correlations of ±1 are as unlike as can be") func opposite() throws {
    let found = try trend((numbers([1, 2, 3]), numbers([1, 2, 3])), (numbers([1, 2, 3]), numbers([3, 2, 1])))
    #expect(found.score == 0)
    #expect(found.realCorrelation == 1 && found.syntheticCorrelation == -1)
  }

  @Test("Correlation takes the rows where both have a value") func gaps() throws {
    // Over the common rows (1, 1), (2, 3), (3, 2): r = 1/2.
    let real = (numbers([1, nil, 2, 3, 1000]), numbers([1, 50, 3, 2, nil]))
    #expect(abs((try trend(real, real).realCorrelation ?? 0) - 0.5) < 1e-12)
  }

  @Test("Correlations of numbers at the ends of the range, and of tiny spread far from zero")
  func extremes() throws {
    let huge = numbers([-1.7e308, 0, 1.7e308, 1.7e308])
    let tiny = numbers([0, 1e-300, 2e-300, 2e-300])
    let far = numbers([1e15, 1e15 + 1, 1e15 + 2, 1e15 + 2])
    for (a, b) in [(huge, tiny), (huge, far), (tiny, far)] {
      #expect(abs((try trend((a, b), (a, b)).realCorrelation ?? 0) - 1) < 1e-9)
    }
  }

  @Test("Joint frequencies worked out by hand, missing being a level") func contingency() throws {
    let real = (
      GoldenTables.categories(["x", "y"], ["x", "x", "y", nil]),
      GoldenTables.categories(["p", "q"], ["p", "p", "q", "q"])
    )
    let synthetic = (
      GoldenTables.categories(["y", "x", "z"], ["x", "z", "y", "y"]),
      GoldenTables.categories(["q", "p"], ["p", "p", "q", "p"])
    )
    // Real: xp 1/2, yq 1/4, -q 1/4. Synthetic: xp 1/4, zp 1/4, yq 1/4, yp 1/4. Half the sum of differences: 1/2.
    #expect(try trend(real, synthetic).score == 0.5)
  }

  @Test("Cramér's V: 1 where one column tells the other, 0 where they are independent") func association() throws {
    let a = GoldenTables.categories(["x", "y", "z"], ["x", "x", "y", "y", "z", "z"])
    let same = GoldenTables.categories(["1", "2", "3"], ["2", "2", "3", "3", "1", "1"])
    let other = GoldenTables.categories(["p", "q"], ["p", "q", "p", "q", "p", "q"])
    #expect(abs((try trend((a, same), (a, same)).realAssociation ?? 0) - 1) < 1e-12)
    #expect((try trend((a, other), (a, other)).realAssociation ?? 1) < 1e-7)
  }

  @Test("Counting on a grid and counting by sorting agree") func sparse() throws {
    // 3,000 levels each: nine million cells are too many for a grid; the first hundred rows alone, ten thousand, are not.
    var random = RandomSource(seed: 5)
    func codes(_ limit: Int) -> [UInt32] { (0..<4000).map { _ in UInt32(random.next() % UInt64(limit)) } }
    let (a, b, c, d) = (codes(100), codes(80), codes(100), codes(80))
    func counted(_ cardinality: Int) -> ContingencyTable {
      ContingencyTable(
        SharedCodes(cardinality: cardinality, real: a, synthetic: c),
        SharedCodes(cardinality: cardinality, real: b, synthetic: d))
    }
    let (onGrid, bySorting) = (counted(100), counted(3000))
    #expect(onGrid.similarity == bySorting.similarity)
    let (first, second) = (try #require(onGrid.realAssociation), try #require(bySorting.realAssociation))
    #expect(abs(first - second) < 1e-12)
    #expect(first > 0.05)
  }

  @Test("Bins are those of numpy: the greatest value stands alone, with the missing ones") func bins() {
    let codes = EqualWidthBins.codes(of: [0, 0.99, 1, 5, 9.99, 10, .nan])
    #expect(codes == [1, 1, 2, 6, 10, 11, 11])
    // A constant sits in the middle of a range of one.
    #expect(EqualWidthBins.codes(of: [7, 7]) == [6, 6])
    #expect(EqualWidthBins.codes(of: [.nan]) == [11])
    #expect(EqualWidthBins.codes(of: [1, .infinity]) == nil)
    #expect(EqualWidthBins.codes(of: [-1.7e308, 1.7e308]) == nil)
  }

  @Test("What cannot be computed says why") func reasons() throws {
    let (rising, flat) = (numbers([1, 2, 3]), numbers([4, 4, 4]))
    let levels = GoldenTables.categories(["a", "b"], ["a", "b", "a"])
    #expect(try trend((rising, flat), (rising, rising)).reason == "the real columns have no correlation")
    #expect(try trend((rising, rising), (rising, flat)).reason == "the synthetic columns have no correlation")
    let infinite = numbers([1, 2, .infinity])
    #expect(
      try trend((infinite, levels), (rising, levels)).reason
        == "numbers that are infinite or too far apart have no bins")
    #expect(try trend((infinite, rising), (rising, rising)).reason == "the real columns have no correlation")
    #expect(try trend((rising, levels), (numbers([]), GoldenTables.categories([], []))).reason == "a table has no rows")
    #expect(
      try trend((rising, levels), (levels, levels)).reason
        == "'a': the real column is continuous, the synthetic one categorical")
    #expect(try trend((levels, levels), (levels, levels)).reason == nil)
  }

  @Test("Pairs that hardly depend on each other do not count, and say so") func thresholds() throws {
    var random = RandomSource(seed: 2)
    let values = (0..<500).map { _ in random.normal() }
    let noise = values.map { _ in random.normal() }
    let real = try table([
      ("x", .continuous, numbers(values)), ("like x", .continuous, numbers(zip(values, noise).map { $0 + 0.3 * $1 })),
      ("noise", .continuous, numbers(noise)),
    ])
    let report = try ColumnPairTrends().report(real, against: real)
    #expect(report.pairs.map { $0.score != nil } == [true, false, false])
    #expect(report.pairs[1].reason == "the real correlation is not above 0.5")
    let other = try ColumnPairTrends(correlationThreshold: 0.99).report(real, against: real)
    #expect(
      other.asScore
        == .notApplicable(reason: "no two columns depend on each other in the real table and can be compared"))
    #expect(try everyPair.report(real, against: real).score == 1)
  }

  @Test("So do pairs of levels whose association is weak") func associationThreshold() throws {
    // Of 100 rows 60 agree: V = 0.2.
    let first = (0..<100).map { $0 < 50 ? "a" : "b" }
    let second = (0..<100).map { $0 % 5 < 3 ? first[$0] : (first[$0] == "a" ? "b" : "a") }
    let real = try table([
      ("x", .categorical, GoldenTables.categories(["a", "b"], first)),
      ("y", .categorical, GoldenTables.categories(["a", "b"], second)),
    ])
    let pair = try ColumnPairTrends().report(real, against: real).pairs[0]
    #expect(abs((pair.realAssociation ?? 0) - 0.2) < 1e-12)
    #expect(pair.score == nil && pair.reason == "the real association is not above 0.3")
    #expect(try ColumnPairTrends(associationThreshold: 0.19).report(real, against: real).score == 1)
  }

  @Test("One row, no rows, one column: no figure, no trap", arguments: [0, 1])
  func fewRows(rows: Int) throws {
    let real = try GoldenTables.small(firstRow: 0, scale: 1)
    let few = real.gathering(Array(0..<rows))
    for (a, b) in [(real, few), (few, real), (few, few)] {
      let report = try QualityReport(comparing: a, with: b)
      #expect((report.trend ?? 0) <= 1)
    }
    let empty = try Table(schema: Schema([]), columns: [])
    #expect(try QualityReport(comparing: empty, with: empty).quality == nil)
    let alone = try table([("x", .continuous, numbers([1, 2]))])
    let report = try QualityReport(comparing: alone, with: alone)
    #expect(report.quality == 1 && report.trend == nil)
  }

  @Test("The same figures, to the last bit, with one thread and with two") func threads() throws {
    let real = try GoldenTables.small(firstRow: 0, scale: 1)
    let synthetic = try GoldenTables.small(firstRow: 5000, scale: 1.25)
    let rows = Array(repeating: Array(0..<200), count: 25).flatMap { $0 }
    let saved = threadCount
    defer { threadCount = saved }
    threadCount = 1
    let one = try QualityReport(comparing: synthetic.gathering(rows), with: real.gathering(rows))
    threadCount = 2
    #expect(try QualityReport(comparing: synthetic.gathering(rows), with: real.gathering(rows)) == one)
  }

  @Test("Identical tables are 1, shuffled ones keep their shapes and lose their trends") func sanity() throws {
    let real = try GoldenTables.small(firstRow: 0, scale: 1)
    #expect(try QualityReport(comparing: real, with: real).quality == 1)
    let shuffled = try QualityReport(comparing: GoldenTables.shuffled(real), with: real)
    #expect(shuffled.shape == 1)
    #expect((shuffled.trend ?? 1) < 0.75)
  }
}
