import MynahRandomness
import MynahTables
import Testing

@testable import MynahSynthesizers

@Suite struct MarginalsTests {
  private func model(_ columns: [(ColumnSchema, Column)], _ settings: Marginals = Marginals()) throws -> FittedMarginals
  {
    var random = RandomSource(seed: 1)
    let table = try Table(schema: Schema(columns.map(\.0)), columns: columns.map(\.1))
    return try settings.fitted(to: table, using: &random, observer: SilentObserver())
  }

  private func sample(_ model: FittedMarginals, _ count: Int) throws -> Table {
    var random = RandomSource(seed: 2)
    return try model.sample(count, given: [], using: &random)
  }

  private let codes: [Int32] = (0..<100).map { $0 < 70 ? 0 : $0 < 95 ? 1 : $0 < 97 ? 2 : -1 }

  private var levels: Column {
    .categorical(codes: codes, levels: ["a", "b", "c", "unseen"], Validity(codes.map { $0 >= 0 }))
  }

  @Test func levelsAndMissingValuesComeAtTheirRates() throws {
    let model = try model([(ColumnSchema(name: "x", kind: .categorical), levels)])
    guard case .categorical(let drawn, let names, let validity)? = try sample(model, 10_000)["x"] else {
      Issue.record("expected levels")
      return
    }
    #expect(names == ["a", "b", "c"])
    // Strata leave no row's room but at the limits between levels.
    for (code, expected) in [(Int32(0), 7_000), (1, 2_500), (2, 200)] {
      #expect(abs(drawn.count { $0 == code } - expected) <= 1)
    }
    #expect(abs((validity?.missingCount ?? 0) - 300) <= 1)
    var random = RandomSource(seed: 2)
    #expect(throws: SynthesisError.self) {
      try model.sample(1, given: [Condition(column: "x", value: "unseen")], using: &random)
    }
  }

  @Test func withoutStrataRatesVaryAsInAnySample() throws {
    var settings = Marginals()
    settings.isStratified = false
    let model = try model([(ColumnSchema(name: "x", kind: .categorical), levels)], settings)
    let counts = try (0..<40).map { seed -> Double in
      var random = RandomSource(seed: UInt64(seed))
      guard case .categorical(let drawn, _, _)? = try model.sample(1_000, given: [], using: &random)["x"] else {
        return 0
      }
      return Double(drawn.count { $0 == 0 })
    }
    // Binomial: mean 700, variance 210. Five standard errors of both over 40 samples.
    let mean = counts.reduce(0, +) / 40
    let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39
    #expect(abs(mean - 700) < 5 * (210.0 / 40).squareRoot())
    #expect(abs(variance - 210) < 5 * 210 * (2.0 / 39).squareRoot())
  }

  /// Frequent numbers come as they are; unique ones are drawn from around them, and hardly ever hit.
  @Test func uniqueNumbersAreNotCopied() throws {
    var random = RandomSource(seed: 3)
    let unique = (0..<300).map { _ in (random.normal() * 1e6).rounded() / 1e3 }
    let values = unique + Array(repeating: 0, count: 100)
    var schema = ColumnSchema(name: "x", kind: .continuous)
    schema.fractionDigits = 3
    let model = try model([(schema, .continuous(values, nil))])
    guard case .continuous(let drawn, nil)? = try sample(model, 4_000)["x"] else {
      Issue.record("expected numbers")
      return
    }
    #expect(abs(drawn.count { $0 == 0 } - 1_000) <= 1)
    #expect(drawn.allSatisfy { $0 == ($0 * 1e3).rounded() / 1e3 })
    #expect(drawn.allSatisfy { $0 >= unique.min()! && $0 <= unique.max()! })
    let real = Set(unique)
    #expect(drawn.count { real.contains($0) } < 100)
    // Each unique value has its share of 1/400 on both sides of it: the distribution functions nowhere differ by more.
    for limit in stride(from: -3_000.0, through: 3_000, by: 250) {
      let (a, b) = (values.count { $0 <= limit }, drawn.count { $0 <= limit })
      #expect(abs(Double(a) / 400 - Double(b) / 4_000) <= 1.0 / 400 + 1e-9)
    }
  }

  @Test func manyDistinctNumbersAreBinned() throws {
    var random = RandomSource(seed: 4)
    let values = (0..<60_000).map { row in row % 6 == 0 ? 7 : random.normal() }
    let marginal = try NumberMarginal(.continuous(values, nil), ColumnSchema(name: "x", kind: .continuous))
    #expect(
      marginal.counts.count <= 3 * NumberMarginal.limit / 2 + 1 && marginal.counts.count > NumberMarginal.limit / 2)
    #expect(marginal.counts.reduce(0, +) == 60_000 && marginal.counts.contains(10_000))
    guard case .real(let bins, _) = marginal.bins else { return }
    #expect(bins.areAscending)
    for value in values.prefix(2_000) {
      let bin = bins.bin(of: value)
      #expect(bins.lows[bin] <= value && value <= bins.highs[bin])
    }
  }

  /// Whole numbers keep their grid, whatever their size, and times their dates.
  @Test(arguments: [Int64.min, -5, 0, 9_007_199_254_740_993, Int64.max - 40_000] as [Int64])
  func wholeNumbersKeepTheirGrid(_ origin: Int64) throws {
    let values = (0..<400).map { origin + 100 * Int64($0) }
    let model = try model([(ColumnSchema(name: "x", kind: .integer), .integer(values, nil))])
    guard case .integer(let drawn, nil)? = try sample(model, 1_000)["x"] else {
      Issue.record("expected whole numbers")
      return
    }
    #expect(Set(drawn).isSubset(of: values))
    #expect(drawn.contains(origin) && drawn.contains(origin + 39_900))
  }

  @Test func extremesDoNotTrap() throws {
    let whole: [Int64] = [.min, .min + 1, -1, 0, 1, .max]
    let real = [-Double.greatestFiniteMagnitude, -1, 0, 1e-300, .greatestFiniteMagnitude, 1e300]
    let model = try model([
      (ColumnSchema(name: "a", kind: .integer), .integer(whole, nil)),
      (ColumnSchema(name: "b", kind: .continuous), .continuous(real, nil)),
    ])
    let rows = try sample(model, 500)
    guard case .continuous(let drawn, nil)? = rows["b"] else { return }
    #expect(drawn.allSatisfy { $0.isFinite })
  }

  @Test func columnsAreIndependent() throws {
    let values = (0..<1_000).map { Int64($0 % 2) }
    let model = try model([
      (ColumnSchema(name: "a", kind: .integer), .integer(values, nil)),
      (ColumnSchema(name: "b", kind: .integer), .integer(values, nil)),
    ])
    guard case .integer(let a, _)? = try sample(model, 4_000)["a"],
      case .integer(let b, _)? = try sample(model, 4_000)["b"]
    else { return }
    // Hypergeometric: variance n/16.
    #expect(abs(Double(zip(a, b).count { $0 == 1 && $1 == 1 }) - 1_000) < 5 * (4_000.0 / 16).squareRoot())
  }

  @Test func numbersThatAreNoneAreRefusedByColumn() throws {
    let error = #expect(throws: SynthesisError.self) {
      _ = try model([(ColumnSchema(name: "x", kind: .continuous), .continuous([1, .nan], nil))])
    }
    #expect(error?.description == "column 'x': row 2 is nan, numbers must be finite")
  }
}
