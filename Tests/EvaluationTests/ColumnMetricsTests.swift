import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEvaluation

/// Figures worked out by hand, and what has none.
@Suite("Metrics of columns") struct ColumnMetricsTests {
  private func score(_ metric: any Metric, _ real: [(String, Column)], _ synthetic: [(String, Column)]) throws -> Score
  {
    func table(_ columns: [(String, Column)]) throws -> Table {
      try GoldenTables.table(columns.map { ($0.0, $0.1.isDiscrete ? .categorical : .continuous, $0.1) })
    }
    var random = RandomSource(seed: 1)
    return try metric.score(table(synthetic), against: RealData(train: table(real)), using: &random)
  }

  private func numbers(_ values: Double?...) -> Column { GoldenTables.numbers(values) }
  private func words(_ values: String?...) -> Column {
    var seen: Set<String> = []
    return GoldenTables.categories(values.compactMap { $0 }.filter { seen.insert($0).inserted }, values)
  }

  @Test("Coverage of ranges and levels") func coverage() throws {
    let real = [("x", numbers(0, 8, nil)), ("c", words("a", "b", nil))]
    #expect(
      try score(Coverage(), real, [("x", numbers(1, 7, 5)), ("c", words("b", "z", "z"))])
        == .value(0.625, details: ["x": 0.75, "c": 0.5]))
    // Beyond the range is no more than all of it; apart from it is nothing.
    #expect(try score(Coverage(), [("x", numbers(0, 1))], [("x", numbers(-9, 9))]) == .value(1, details: ["x": 1]))
    #expect(try score(Coverage(), [("x", numbers(0, 1))], [("x", numbers(5, 9))]) == .value(0, details: ["x": 0]))
    #expect(
      try score(Coverage(), [("x", numbers(4, 4))], [("x", numbers(4))])
        == .notApplicable(reason: "no column has levels or a range in both tables"))
  }

  @Test("Boundaries, with missing values where the real column has none") func boundaries() throws {
    let synthetic = [("x", numbers(0, 1, 3, nil))]
    #expect(
      try score(BoundaryAdherence(), [("x", numbers(0, 2))], synthetic) == .value(0.5, details: ["x": 0.5]))
    #expect(
      try score(BoundaryAdherence(), [("x", numbers(0, 2, nil))], synthetic)
        == .value(2.0 / 3, details: ["x": 2.0 / 3]))
    #expect(
      try score(BoundaryAdherence(), [("c", words("a"))], [("c", words("a"))])
        == .notApplicable(reason: "no column has numbers in both tables"))
  }

  @Test("Values that are missing together, and as often but apart") func missingness() throws {
    let real = [("x", numbers(nil, nil, 1, 1)), ("c", words(nil, nil, "a", "a"))]
    let apart = [("x", numbers(nil, nil, 1, 1)), ("c", words("a", "a", nil, nil))]
    #expect(
      try score(Missingness(), real, apart)
        == .value(0.5, details: ["x": 1, "c": 1, "x|c": 0, "rates": 1, "co-occurrence": 0]))
    let rarer = [("x", numbers(nil, 2, 1, 1)), ("c", words(nil, "b", "a", "a"))]
    #expect(
      try score(Missingness(), real, rarer)
        == .value(0.75, details: ["x": 0.75, "c": 0.75, "x|c": 0.75, "rates": 0.75, "co-occurrence": 0.75]))
    #expect(
      try score(Missingness(), [("x", numbers(1))], [("x", numbers(nil))])
        == .value(0, details: ["x": 0, "rates": 0]))
  }

  @Test("A shift is as far as it moves, in ranges") func wasserstein() throws {
    #expect(Wasserstein.distance(sorted: [0, 1, 2], [1, 2, 3]) == 0.5)
    #expect(Wasserstein.distance(sorted: [0, 4], [0, 0, 4, 4]) == 0)
    #expect(Wasserstein.distance(sorted: [0, 4], [8]) == 1.5)
    #expect(Wasserstein.distance(sorted: [3, 3], [3]) == nil)
    #expect(Wasserstein.distance(sorted: [-.greatestFiniteMagnitude, .greatestFiniteMagnitude], [0]) == nil)
    #expect(
      try score(Wasserstein(), [("x", numbers(1, 1))], [("x", numbers(1))])
        == .notApplicable(reason: "no column of numbers varies in the real table and has values in the synthetic one"))
  }

  @Test("Jensen–Shannon of what is apart is 1, of what is equal 0") func jensenShannon() throws {
    #expect(JensenShannon.distance([1, 0], [0, 5]) == 1)
    #expect(JensenShannon.distance([1, 3], [2, 6]) == 0)
    #expect(JensenShannon.distance([1, 3], [0, 0]) == nil)
    #expect(
      try score(JensenShannon(bins: 1), [("x", numbers(1))], [("x", numbers(1))])
        == .notApplicable(reason: "there must be at least 2 bins, not 1"))
  }

  @Test("Bins end at values that are there") func quantileBins() {
    let bins = QuantileBins(4, sorted: [0, 0, 0, 0, 0, 1, 2, 3])
    // Quartiles: 0, 0, 1.
    #expect(bins.cardinality == 3)
    #expect([-1, 0, 0.5, 1, 1.5, 99].map(bins.bin) == [0, 0, 1, 1, 2, 2])
  }

  @Test("What no pair of columns shows, three do") func parity() throws {
    // Each pair is independent and uniform in both tables; the third is the parity of the other two, or its opposite.
    let a = words("0", "0", "1", "1"), b = words("0", "1", "0", "1")
    let real = [("a", a), ("b", b), ("c", words("0", "1", "1", "0"))]
    let opposite = [("a", a), ("b", b), ("c", words("1", "0", "0", "1"))]
    #expect(try score(ThreeWay(), real, opposite) == .value(0, details: ["triples": 1, "a": 0, "b": 0, "c": 0]))
    #expect(
      try score(CorrelationDifference(), real, opposite)
        == .value(0, details: ["a|b": 0, "a|c": 0, "b|c": 0, "frobenius": 0]))
    #expect(
      try score(ThreeWay(), Array(real.prefix(2)), Array(opposite.prefix(2)))
        == .notApplicable(reason: "three columns with values that can be compared are needed; there are 2"))
  }

  @Test("Of many triples some are drawn, each once") func someTriples() throws {
    let columns = (0..<9).map { ("\($0)", numbers(1, 2, 3)) }
    guard case .value(let value, let details) = try score(ThreeWay(mostTriples: 80), columns, columns) else { return }
    #expect(value == 1)
    #expect(details["triples"] == 80)
    #expect(details.count == 10)
  }

  @Test("The correlation ratio worked out by hand") func ratio() {
    // The levels say all, nothing, and half of the variance (between 4, total 8).
    #expect(correlationRatio([0, 0, 1, 1], [1, 1, 3, 3], cardinality: 2) == 1)
    #expect(correlationRatio([0, 1, 0, 1], [1, 1, 3, 3], cardinality: 2) == 0)
    let half = correlationRatio([0, 0, 1, 1], [0, 2, 2, 4], cardinality: 2) ?? 0
    #expect(abs(half - 0.5.squareRoot()) < 1e-15)
    #expect(correlationRatio([0, 0], [1, 2], cardinality: 2) == nil)
    #expect(correlationRatio([0, 1], [2, 2], cardinality: 2) == nil)
  }

  @Test("A constant synthetic column has lost its correlation") func constant() throws {
    let real = [("x", numbers(1, 2, 3)), ("y", numbers(3, 2, 1))]
    #expect(
      try score(CorrelationDifference(), real, [("x", numbers(1, 2, 3)), ("y", numbers(5, 5, 5))])
        == .value(1, details: ["x|y": 1, "frobenius": 1]))
    #expect(
      try score(CorrelationDifference(), [("x", numbers(1, 2))], [("x", numbers(1, 2))])
        == .notApplicable(reason: "no two columns vary in the real table and can be compared"))
  }
}
