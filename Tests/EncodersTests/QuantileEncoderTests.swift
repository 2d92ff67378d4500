import Foundation
import MynahRandomness
import MynahStatistics
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEncoders

@Suite struct QuantileEncoderTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      let name: String
      let values: [Double]
      let quantiles: Int
      let probes: [Double]
      let encoded: [Double]
      let z: [Double]
      let decoded: [Double]
    }
    let cases: [Case]
  }

  private func fitted(_ column: Column, spikes: SpikeFinder = SpikeFinder()) throws -> FittedQuantileEncoder {
    var random = RandomSource(seed: 1)
    var encoder = QuantileEncoder()
    encoder.spikes = spikes
    return try encoder.fitted(to: column, using: &random)
  }

  private func scalars(_ column: Column, _ encoder: FittedQuantileEncoder) throws -> [Double] {
    var random = RandomSource(seed: 2)
    guard case .scalars(let values)? = try encoder.encode(column, using: &random).first else { return [] }
    return values.map(Double.init)
  }

  @Test func equalsScikitLearn() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/quantile-transform.json")
    let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    #expect(golden.cases.count == 4)
    for golden in golden.cases {
      var encoder = QuantileEncoder()
      encoder.quantiles = golden.quantiles
      encoder.spikes = SpikeFinder(limit: 0)
      var random = RandomSource(seed: 1)
      let fitted = try encoder.fitted(to: .continuous(golden.values, nil), using: &random)
      // At the ends, where values are tied, F is in the middle of their levels instead of 0 or 1.
      let inner = golden.probes.indices.filter {
        golden.probes[$0] != fitted.minimum && golden.probes[$0] != fitted.maximum
      }
      let encoded = try scalars(.continuous(golden.probes, nil), fitted)
      // Scalars have 24 bits.
      #expect(
        disagreement(inner.map { encoded[$0] }, inner.map { golden.encoded[$0] }, absolute: 1e-6) == nil,
        "\(golden.name)")

      let blocks = [EncodedBlock.scalars(golden.z.map(Float.init))]
      guard
        case .continuous(let decoded, nil) = try fitted.decode(blocks, count: golden.z.count, using: &random)
      else {
        Issue.record("expected numbers")
        continue
      }
      // A scalar's rounding moves its level by at most 1e-7, a ten-thousandth of the step between quantiles.
      let widest = zip(fitted.transform.quantiles.dropFirst(), fitted.transform.quantiles).map { $0 - $1 }.max() ?? 0
      #expect(disagreement(decoded, golden.decoded, absolute: 1e-4 * widest) == nil, "\(golden.name)")
    }
  }

  @Test func scalarsAreNormalWhateverTheColumn() throws {
    var random = RandomSource(seed: 3)
    let values = (0..<20_000).map { _ in exp(3 * random.normal()) }
    let z = try scalars(.continuous(values, nil), fitted(.continuous(values, nil))).sorted()
    // Kolmogorov's distance of interpolated ranks from their levels: half a quantile's step.
    for (rank, z) in z.enumerated() { #expect(abs(StandardNormal.cumulative(z) - Double(rank) / 19_999) < 1e-3) }
  }

  @Test func tiedEndsLieInTheMiddleOfTheirLevels() throws {
    // A third at the least value: F = 1/6.
    let values = (0..<300).map { $0 < 100 ? 0 : Double($0) }
    let encoder = try fitted(.continuous(values, nil), spikes: SpikeFinder(limit: 0))
    let z = try scalars(.continuous([0, 299], nil), encoder)
    #expect(abs(StandardNormal.cumulative(z[0]) - 99.0 / 2 / 299) < 1e-6 && abs(z[1] - 5.199337582605575) < 1e-6)
    var random = RandomSource(seed: 4)
    #expect(
      try encoder.decode([.scalars(z.map(Float.init))], count: 2, using: &random) == .continuous([0, 299], nil))
  }

  @Test func heavyTiesAndMissingValuesHaveCodes() throws {
    var random = RandomSource(seed: 5)
    let values = (0..<5_000).map { _ in random.uniform() < 0.6 ? 0 : Int64(10 + 2_000 * random.uniform()) }
    let validity = someMissing(5_000, share: 0.1, using: &random)
    let column = Column.integer(values, validity)
    let encoder = try fitted(column)
    #expect(encoder.spikes == [0] && encoder.spans.map(\.width) == [1, 3] && encoder.spans[0].head == .identity)
    #expect(checkFitted(encoder, on: column, tolerance: 0) == [])
  }

  @Test func roundTripsAreExactToTheScalar() throws {
    var random = RandomSource(seed: 6)
    let days = (0..<3_000).map { _ in Int64(86_400 * (18_000 + (200 * random.normal()).rounded())) }
    #expect(try checkFitted(fitted(.timestamp(days, nil)), on: .timestamp(days, nil), tolerance: 0) == [])
    let ages = (0..<3_000).map { _ in Int64(17 + 60 * random.uniform() * random.uniform()) }
    #expect(try checkFitted(fitted(.integer(ages, nil)), on: .integer(ages, nil), tolerance: 0) == [])
    let amounts = (0..<3_000).map { _ in exp(2 + random.normal()) }
    #expect(try checkFitted(fitted(.continuous(amounts, nil)), on: .continuous(amounts, nil), tolerance: 1e-3) == [])
  }

  @Test func extremeMagnitudes() throws {
    let huge = [-1e308, 1e308, 5e307, 1e300, -3, 0, 1e-300, -1.7e308]
    #expect(try checkFitted(fitted(.continuous(huge, nil)), on: .continuous(huge, nil), tolerance: 1e301) == [])
    let least = [0, 1, 2, 1, 0].map { $0 * Double.leastNonzeroMagnitude }
    #expect(
      try checkFitted(fitted(.continuous(least, nil)), on: .continuous(least, nil), tolerance: .leastNonzeroMagnitude)
        == [])
    let ends = [Int64.min, .max, 0, -1, 1]
    #expect(try checkFitted(fitted(.integer(ends, nil)), on: .integer(ends, nil), tolerance: 1e12) == [])
  }

  @Test func nonsensicalHyperparametersAreErrors() {
    var random = RandomSource(seed: 1)
    for change: (inout QuantileEncoder) -> Void in [
      { $0.quantiles = 1 }, { $0.quantiles = .max }, { $0.spikes.limit = -1 },
    ] {
      var encoder = QuantileEncoder()
      change(&encoder)
      #expect(throws: TableError.self) { try encoder.fitted(to: .continuous([1, 2, 3], nil), using: &random) }
    }
  }
}
