import Foundation
import MynahRandomness
import MynahStatistics
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEncoders

@Suite struct ModeSpecificEncoderTests {
  private func fitted(_ column: Column) throws -> FittedModeSpecificEncoder {
    var random = RandomSource(seed: 1)
    return try ModeSpecificEncoder().fitted(to: column, using: &random)
  }

  private func numbers(_ count: Int, seed: UInt64, _ draw: (inout RandomSource) -> Double) -> [Double] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { _ in draw(&random) }
  }

  @Test func encodesThePlaceWithinAMode() throws {
    let values = numbers(3_000, seed: 1) { $0.uniform() < 0.4 ? $0.normal() : 50 + 3 * $0.normal() }
    let encoder = try fitted(.continuous(values, nil))
    var random = RandomSource(seed: 2)
    let blocks = try encoder.encode(.continuous(values, nil), using: &random)
    guard case .scalars(let alphas) = blocks[0], case .codes(let codes) = blocks[1] else {
      Issue.record("expected α and codes, got \(blocks.count) blocks")
      return
    }
    #expect(encoder.spikes.isEmpty && !encoder.hasMissing && encoder.modes.count <= 10)
    for row in values.indices {
      let mode = encoder.modes[codes[row]]
      let alpha = max(-0.99, min(0.99, (values[row] - mode.mean) / (4 * mode.deviation)))
      #expect(abs(Double(alphas[row]) - alpha) < 1e-6)
    }
  }

  @Test func drawsModesWithTheirPosteriorProbabilities() throws {
    let values = numbers(4_000, seed: 3) { $0.uniform() < 0.5 ? $0.normal() : 2.5 + $0.normal() }
    let encoder = try fitted(.continuous(values, nil))
    let x = 1.4
    let densities = encoder.modes.map {
      $0.weight / $0.deviation * exp(-0.5 * pow((x - $0.mean) / $0.deviation, 2))
    }
    let total = densities.reduce(0, +)
    let count = 40_000
    var random = RandomSource(seed: 4)
    let blocks = try encoder.encode(.continuous(Array(repeating: x, count: count), nil), using: &random)
    guard case .codes(let codes) = blocks[1] else {
      Issue.record("expected codes")
      return
    }
    var drawn = [Double](repeating: 0, count: encoder.modes.count)
    for row in 0..<count { drawn[codes[row]] += 1 / Double(count) }
    #expect(densities.filter { $0 / total > 0.05 }.count > 1, "the test wants an uncertain value")
    for (share, density) in zip(drawn, densities) { #expect(abs(share - density / total) < 0.012) }
  }

  @Test func zeroInflationIsReproducedExactly() throws {
    let values = numbers(10_000, seed: 5) { $0.uniform() < 0.9 ? 0 : 100 + exp(8 + $0.normal()) }
    let encoder = try fitted(.continuous(values, nil))
    #expect(encoder.spikes == [0] && encoder.minimum > 100)
    #expect(checkFitted(encoder, on: .continuous(values, nil), tolerance: .infinity).isEmpty)
    var random = RandomSource(seed: 6)
    let blocks = try encoder.encode(.continuous(values, nil), using: &random)
    guard case .continuous(let decoded, _) = try encoder.decode(blocks, count: values.count, using: &random) else {
      Issue.record("expected numbers")
      return
    }
    #expect(zip(values, decoded).allSatisfy { ($0 == 0) == ($1 == 0) })
  }

  @Test func valuesThatStandOutAreSpikes() throws {
    // Like weekly hours: half at 40, much at round numbers; and like ages: many rows at each, none stands out.
    let hours = numbers(20_000, seed: 7) {
      let u = $0.uniform()
      return u < 0.5 ? 40 : u < 0.65 ? Double(5 * $0.index(below: 16) + 5) : (40 + 12 * $0.normal()).rounded()
    }
    #expect(try fitted(.continuous(hours, nil)).spikes.contains(40))
    let ages = numbers(20_000, seed: 8) { (17 + 60 * $0.uniform() * $0.uniform()).rounded() }
    #expect(try fitted(.continuous(ages, nil)).spikes.isEmpty)
    // Ten rows of 100,000 are none, however prominent.
    let rare = numbers(100_000, seed: 9) { $0.normal() } + Array(repeating: 0.25, count: 10)
    #expect(try fitted(.continuous(rare, nil)).spikes.isEmpty)
  }

  @Test func fewValuesAreLevels() throws {
    var random = RandomSource(seed: 10)
    let values = (0..<500).map { _ in Int64(random.index(below: 6)) * 10 }
    let encoder = try fitted(.integer(values, nil))
    #expect(encoder.modes.isEmpty && encoder.spikes == [0, 10, 20, 30, 40, 50])
    #expect(encoder.spans == [EncodedSpan(width: 6, head: .softmax)])
    #expect(checkFitted(encoder, on: .integer(values, nil), tolerance: 0).isEmpty)
  }

  @Test func missingValuesAreAMode() throws {
    var random = RandomSource(seed: 11)
    let values = (0..<2_000).map { _ in Int64((50 + 10 * random.normal()).rounded()) }
    let validity = someMissing(2_000, share: 0.2, using: &random)
    let encoder = try fitted(.integer(values, validity))
    #expect(encoder.hasMissing)
    #expect(encoder.spans.last?.width == encoder.modes.count + encoder.spikes.count + 1)
    #expect(checkFitted(encoder, on: .integer(values, validity), tolerance: 5).isEmpty)
    // Present in the column to encode, absent where it was fitted: an error, not a guess.
    let complete = try fitted(.integer(values, nil))
    #expect(throws: TableError.self) { try complete.encode(.integer(values, validity), using: &random) }
  }

  @Test func columnsWithLittleToLearn() throws {
    let none = Validity(count: 4, allPresent: false)
    let one = Validity([false, true, false, false])
    let half = Validity([false, true, false, true])
    let cases: [(Column, spans: [Int])] = [
      (.integer([7, 7, 7, 7], nil), []), (.integer([0, 7, 0, 7], half), [2]), (.integer([0, 0, 0, 0], none), []),
      (.continuous([0, 2.5, 0, 0], one), [2]), (.continuous([1, 1, 1, 2], nil), [1]), (.continuous([], nil), []),
      (.timestamp([5, 5, 5, 5], nil), []), (.timestamp([0, 0, 0, 0], none), []), (.continuous([3], nil), []),
    ]
    for (column, spans) in cases {
      let encoder = try fitted(column)
      #expect(encoder.spans.map(\.width) == spans, "\(column)")
      #expect(checkFitted(encoder, on: column, tolerance: 1e-6) == [], "\(column)")
    }
  }

  @Test func extremeMagnitudes() throws {
    let huge = [-1e308, 1e308, 5e307, 1e300, -3, 0, 1e-300]
    #expect(try checkFitted(fitted(.continuous(huge, nil)), on: .continuous(huge, nil), tolerance: .infinity) == [])
    let tiny = (0..<50).map { 1e-300 * Double($0 % 25) }
    #expect(try checkFitted(fitted(.continuous(tiny, nil)), on: .continuous(tiny, nil), tolerance: 1e-301) == [])
    let least = [0, 1, 2, 1, 0].map { $0 * Double.leastNonzeroMagnitude }
    #expect(try checkFitted(fitted(.continuous(least, nil)), on: .continuous(least, nil), tolerance: 1e-300) == [])
    let close = (0..<200).map { 1e9 + Double($0 % 100) * 1e-6 }
    #expect(try checkFitted(fitted(.continuous(close, nil)), on: .continuous(close, nil), tolerance: 1e-5) == [])
    let ends = [Int64.min, .max, 0, -1, 1]
    #expect(try checkFitted(fitted(.integer(ends, nil)), on: .integer(ends, nil), tolerance: .infinity) == [])
  }

  @Test func wholeNumbersBeyondTheMantissaStayExact() throws {
    let values = (0..<300).map { Int64(9_007_199_254_740_993) + Int64($0 % 5) }
    let column = Column.integer(values, nil)
    var random = RandomSource(seed: 12)
    let encoder = try fitted(column)
    #expect(try encoder.decode(encoder.encode(column, using: &random), count: 300, using: &random) == column)
    for value in [Int64.min, -1, 0, 1, .max] {
      for origin in [Int64.min, -5, 0, 3, .max] {
        let number = NumericColumn.number(value, origin: origin)
        #expect(abs(Double(NumericColumn.whole(number, origin: origin)) - Double(value)) <= 2048)
      }
    }
    #expect(NumericColumn.whole(.nan, origin: 0) == .max && NumericColumn.whole(-.infinity, origin: 9) == .min)
  }

  @Test func wholeNumbersKeepTheirStep() throws {
    var random = RandomSource(seed: 15)
    let days = (0..<800).map { _ in Int64(86_400 * (18_000 + (60 * random.normal()).rounded())) }
    let hundreds = (0..<800).map { _ in 50 + 100 * Int64((200 + 60 * random.normal()).rounded()) }
    for (column, step, rest) in [(Column.timestamp(days, nil), 86_400, 0), (.integer(hundreds, nil), 100, 50)] {
      let encoder = try fitted(column)
      #expect(encoder.step == Double(step) && !encoder.modes.isEmpty)
      #expect(checkFitted(encoder, on: column, tolerance: 4_000_000) == [])
      let codes = CompactCodes(
        (0..<1_000).map { Int32($0 % encoder.cardinality) }, cardinality: max(2, encoder.cardinality))
      let alphas = (0..<1_000).map { Float($0) / 500 - 1 }
      let blocks: [EncodedBlock] = encoder.cardinality > 1 ? [.scalars(alphas), .codes(codes)] : [.scalars(alphas)]
      let decoded = try encoder.decode(blocks, count: 1_000, using: &random)
      let numbers = (0..<1_000).compactMap { decoded.number(at: $0) }
      #expect(numbers.allSatisfy { Int64($0) % Int64(step) == Int64(rest) } && Set(numbers).count > 50)
    }
    #expect(NumericColumn.step(of: [-4, 0, 6]) == 2 && NumericColumn.step(of: [3, 4]) == 1)
    #expect(NumericColumn.step(of: [3]) == 1 && NumericColumn.step(of: [-1e18, 1e18]) == 1)
  }

  @Test func nonsensicalHyperparametersAreErrors() {
    for change: (inout ModeSpecificEncoder) -> Void in [
      { $0.mixture.componentCount = 0 }, { $0.mixture.concentration = .nan }, { $0.mixture.maximumIterations = -1 },
      { $0.pointLimit = 0 }, { $0.minimumWeight = 1 }, { $0.spikes.limit = -1 }, { $0.mixture.regularization = 0 },
    ] {
      var encoder = ModeSpecificEncoder()
      change(&encoder)
      var random = RandomSource(seed: 1)
      #expect(throws: TableError.self) { try encoder.fitted(to: .continuous([1, 2, 3], nil), using: &random) }
    }
  }

  @Test func decodingKeepsToTheRangeAndTheDigits() throws {
    let values = numbers(2_000, seed: 13) { (100 * $0.uniform()).rounded() / 4 }
    var encoder = try fitted(.continuous(values, nil))
    encoder.fractionDigits = 2
    let count = 200
    var random = RandomSource(seed: 14)
    let codes = CompactCodes(
      (0..<Int32(count)).map { $0 % Int32(encoder.cardinality) }, cardinality: encoder.cardinality)
    for alpha in [-Float.infinity, -1, 0.3, 1, .nan, .infinity] {
      let blocks = [EncodedBlock.scalars(Array(repeating: alpha, count: count)), .codes(codes)]
      guard case .continuous(let decoded, nil) = try encoder.decode(blocks, count: count, using: &random) else {
        Issue.record("expected numbers")
        return
      }
      if alpha.isNaN { #expect(decoded[0] == (encoder.modes[0].mean * 100).rounded() / 100, "a mode's center") }
      #expect(decoded.allSatisfy { (0...25).contains($0) && abs(($0 * 100).rounded() - $0 * 100) < 1e-9 })
    }
  }

  @Test(arguments: 0..<24) func randomColumnsComeBack(seed: Int) throws {
    var random = RandomSource(seed: UInt64(seed))
    let count = 1 + random.index(below: 600)
    let scale = pow(10, Double(random.index(below: 13)) - 6)
    let center = scale * 100 * random.normal()
    let spike = random.uniform() < 0.5 ? random.uniform() : 0
    let values = (0..<count).map { _ in random.uniform() < spike ? center : center + scale * random.normal() }
    let validity = seed % 3 == 0 ? someMissing(count, share: random.uniform(), using: &random) : nil
    let column: Column
    switch seed % 4 {
    case 0: column = .integer(values.map { Int64($0.rounded()) }, validity)
    case 1: column = .timestamp(values.map { Int64($0.rounded()) }, validity)
    default: column = .continuous(values, validity)
    }
    // α has 24 bits of 8 σ; a value beyond 4 σ of its mode is clipped, so a few rows may move by about one σ.
    #expect(try checkFitted(fitted(column), on: column, tolerance: 4 * scale + 1) == [])
  }

  @Test func refusesWhatIsNoNumber() {
    #expect(throws: TableError("row 2 is nan, numbers must be finite")) { try fitted(.continuous([1, .nan], nil)) }
    #expect(throws: TableError("row 1 is -inf, numbers must be finite")) { try fitted(.continuous([-.infinity], nil)) }
    #expect(throws: TableError.self) { try fitted(.categorical(codes: [0], levels: ["a"], nil)) }
    #expect(throws: TableError.self) { try fitted(.continuous([1, 2], Validity(count: 1))) }
    // What stands in place of a missing value means nothing.
    #expect(throws: Never.self) { try fitted(.continuous([1, .nan, 2], Validity([true, false, true]))) }
  }
}
