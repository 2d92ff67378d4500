import MynahRandomness
import MynahTables
import Testing

@testable import MynahEvaluation

/// How far scores of samples are said to be off, against how far they are.
@Suite struct SamplingErrorTests {
  private func score(
    _ metric: any Metric, _ synthetic: Table, _ real: RealData, seed: UInt64
  ) throws -> (value: Double, error: Double?) {
    var random = RandomSource(seed: seed)
    guard case .value(let value, let details) = try metric.score(synthetic, against: real, using: &random) else {
      Issue.record("no score")
      return (0, nil)
    }
    return (value, details["sampling-error"])
  }

  /// Rows of two groups, a tenth of them copies.
  private func tables() throws -> (train: Table, synthetic: Table) {
    let hashes = GoldenTables.hashes(0..<1_000, 1)
    let others = GoldenTables.hashes(9_000..<10_000, 2)
    let numbers = hashes.map { Double($0 % 100_003) }
    let made = numbers.indices.map { others[$0] % 10 == 0 ? numbers[$0] : Double(others[$0] % 100_003) + 0.5 }
    let schema = Schema([ColumnSchema(name: "x", kind: .continuous), ColumnSchema(name: "y", kind: .continuous)])
    func table(_ values: [Double]) throws -> Table {
      try Table(schema: schema, columns: [.continuous(values, nil), .continuous(values.reversed(), nil)])
    }
    return (try table(numbers), try table(made))
  }

  @Test("Shares of drawn rows scatter as their error says") func shares() throws {
    let (train, synthetic) = try tables()
    let real = RealData(train: train)
    let metric = NearCopies(tolerance: 1e-9, sample: 100)
    let found = try (1...200).map { try score(metric, synthetic, real, seed: UInt64($0)) }
    let mean = found.map(\.value).reduce(0, +) / 200
    let deviation = (found.map { ($0.value - mean) * ($0.value - mean) }.reduce(0, +) / 199).squareRoot()
    let stated = found.map { ($0.error ?? 0) / 1.96 }.reduce(0, +) / 200
    // Without replacement 100 of 1,000 scatter √(1 − 0.1) as much; the deviation of 200 draws is known to 1 / √400 of itself,
    // four of which are a chance of 1 in 16,000.
    #expect(abs(deviation / (stated * 0.9.squareRoot()) - 1) < 0.2)
    // All rows: nothing is drawn, nothing is off.
    #expect(try score(NearCopies(tolerance: 1e-9, sample: 1_000), synthetic, real, seed: 1).error == nil)
  }

  @Test("A density above 1 is off by what can still move the score") func density() throws {
    // All synthetic rows where real ones are densest: each is in many balls.
    let schema = Schema([ColumnSchema(name: "x", kind: .continuous)])
    let real = try Table(
      schema: schema, columns: [.continuous((0..<600).map { Double($0 % 300 == 0 ? $0 : $0 % 7) }, nil)])
    let synthetic = try Table(schema: schema, columns: [.continuous(Array(repeating: 3, count: 600), nil)])
    let found = try score(Density(k: 5, mostRows: 300), synthetic, RealData(train: real), seed: 1)
    #expect(found.value == 1 && found.error == 0)
  }
}
