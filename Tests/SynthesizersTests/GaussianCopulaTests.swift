import MynahRandomness
import MynahStatistics
import MynahTables
import Testing

@testable import MynahSynthesizers

@Suite struct GaussianCopulaTests {
  /// Two normal variables with a known correlation, cut into cells as a table would hold them.
  private func table(_ correlation: Double, rows: Int, seed: UInt64 = 1) throws -> Table {
    var random = RandomSource(seed: seed)
    let pairs = (0..<rows).map { _ -> (Double, Double) in
      let x = random.normal()
      return (x, correlation * x + (1 - correlation * correlation).squareRoot() * random.normal())
    }
    let present = (0..<rows).map { _ in random.uniform() < 0.7 }
    return try Table(
      schema: Schema([
        ColumnSchema(name: "whole", kind: .continuous), ColumnSchema(name: "halves", kind: .integer),
        ColumnSchema(name: "sparse", kind: .continuous), ColumnSchema(name: "zeros", kind: .continuous),
      ]),
      columns: [
        .continuous(pairs.map(\.0), nil), .integer(pairs.map { $0.1 > 0.8 ? 1 : 0 }, nil),
        .continuous(pairs.map { exp2($0.1) }, Validity(present)), .continuous(pairs.map { max(0, $0.1) }, nil),
      ])
  }

  private func exp2(_ x: Double) -> Double { x >= 0 ? 1 + x : 1 / (1 - x) }

  /// Coarse cells, zeros and missing values leave the estimate where it is. An estimate from cells has at most about the
  /// standard error of the tetrachoric correlation, which for a split at 0.8 is below 1.7 / √n; five of them.
  @Test(arguments: [-0.9, -0.4, 0, 0.5, 0.8]) func theCorrelationIsRecovered(_ truth: Double) throws {
    let rows = 8_000
    var random = RandomSource(seed: 2)
    let model = try GaussianCopula().fitted(
      to: try table(truth, rows: rows), using: &random, observer: SilentObserver())
    let places = model.latents.enumerated().filter { $0.element.role == .value }
    #expect(places.map(\.element.column) == [0, 1, 2, 3])
    let first = places[0].offset
    for place in places.dropFirst() {
      let estimate = model.correlation.values[first * model.correlation.order + place.offset]
      #expect(abs(estimate - truth) < 5 * 1.7 / Double(rows).squareRoot(), "column \(place.element.column)")
    }
  }

  /// Two halves: E[s s'] = (2/π)(2/π) · asin(ρ) · π/2 · …, from P(X > 0, Y > 0) = 1/4 + asin ρ / 2π.
  @Test(arguments: [-0.95, -0.3, 0.2, 0.7, 0.95]) func theSeriesAgreesWithTheOrthant(_ rho: Double) {
    let half = Latent(column: 0, role: .value, counts: [1, 1], order: [0, 1])
    let score = (2 / Double.pi).squareRoot()
    #expect(abs(half.scores[1] - score) < 1e-12)
    let orthant = 0.25 + arcsine(rho) / (2 * .pi)
    let covariance = score * score * (4 * orthant - 1)
    let series = HermiteSeries(half)
    // 64 terms leave an error of the size of ρ⁶⁵.
    #expect(abs(series.correlation(with: series, covariance: covariance) - rho) < 2e-3)
  }

  /// By Newton's method on the sine's own series, so that no library stands behind it.
  private func arcsine(_ x: Double) -> Double {
    func sine(_ t: Double) -> (Double, Double) {
      var (s, c, term) = (0.0, 0.0, 1.0)
      for k in 0..<40 {
        if k % 2 == 0 { c += k % 4 == 0 ? term : -term } else { s += k % 4 == 1 ? term : -term }
        term *= t / Double(k + 1)
      }
      return (s, c)
    }
    var t = x
    for _ in 0..<60 {
      let (s, c) = sine(t)
      t -= (s - x) / c
    }
    return t
  }

  private let three = LatentCorrelation(trusted: [1, 0.6, 0.3, 0.6, 1, -0.2, 0.3, -0.2, 1], order: 3)

  private func draws(_ limits: [Int: LatentBox.Limits], _ count: Int) throws -> [[Double]] {
    let box = try #require(LatentBox(three, limits: limits))
    var random = RandomSource(seed: 5)
    return (0..<count).map { _ in
      var noise = box.isConstrained ? box.draw(using: &random) : []
      noise += (noise.count..<3).map { _ in random.normal() }
      var values = [0.0, 0, 0]
      for (place, latent) in box.places.enumerated() {
        values[latent] = (0...place).reduce(0) { $0 + box.cholesky.lower[place * 3 + $1] * noise[$1] }
      }
      return values
    }
  }

  /// Given Z₁ = 1.2 and Z₃ = −0.5, Z₂ is normal with mean r Σ⁻¹ z and variance 1 − r Σ⁻¹ rᵀ.
  @Test func givenPointsTheRestIsTheConditionalNormal() throws {
    let rows = try draws([0: .init(low: 1.2, high: 1.2), 2: .init(low: -0.5, high: -0.5)], 20_000)
    #expect(rows.allSatisfy { abs($0[0] - 1.2) < 1e-12 && abs($0[2] + 0.5) < 1e-12 })
    let determinant = 1 - 0.3 * 0.3
    let (a, b) = ((0.6 + 0.2 * 0.3) / determinant, (-0.2 - 0.6 * 0.3) / determinant)
    let (mean, variance) = (a * 1.2 - b * 0.5, 1 - a * 0.6 + b * 0.2)
    let drawn = rows.map { $0[1] }
    let average = drawn.reduce(0, +) / 20_000
    let spread = drawn.reduce(0) { $0 + ($1 - average) * ($1 - average) } / 19_999
    #expect(abs(average - mean) < 5 * (variance / 20_000).squareRoot())
    #expect(abs(spread - variance) < 5 * variance * (2.0 / 19_999).squareRoot())
  }

  /// Two intervals: means against the integral over the box by the midpoint rule.
  @Test func givenIntervalsTheDrawsFillTheBoxAsTheDensityDoes() throws {
    let limits = [0: LatentBox.Limits(low: 0.5, high: .infinity), 1: .init(low: -1, high: -0.2)]
    let rows = try draws(limits, 20_000)
    #expect(rows.allSatisfy { $0[0] >= 0.5 - 1e-9 && $0[1] >= -1 - 1e-9 && $0[1] <= -0.2 + 1e-9 })
    var (mass, first, second, square) = (0.0, 0.0, 0.0, 0.0)
    for x in stride(from: 0.505, to: 6, by: 0.01) {
      for y in stride(from: -0.995, to: -0.2, by: 0.01) {
        let weight = StandardNormal.density(x) * StandardNormal.density((y - 0.6 * x) / 0.8) / 0.8
        (mass, first, second, square) = (
          mass + weight, first + weight * x, second + weight * y, square + weight * x * x
        )
      }
    }
    let (mean, variance) = (first / mass, square / mass - first / mass * first / mass)
    #expect(abs(rows.reduce(0) { $0 + $1[0] } / 20_000 - mean) < 5 * (variance / 20_000).squareRoot() + 1e-3)
    // A uniform variable on 0.8 varies by no more than 0.8 / √12.
    #expect(abs(rows.reduce(0) { $0 + $1[1] } / 20_000 - second / mass) < 5 * 0.231 / 20_000.0.squareRoot() + 1e-3)
  }

  /// A number asked for shifts what goes with it as far as the conditional mean says.
  @Test func aConditionOnANumberMovesTheOthers() throws {
    var random = RandomSource(seed: 2)
    let rows = 6_000
    let source = try table(0.8, rows: rows)
    let model = try GaussianCopula().fitted(to: source, using: &random, observer: SilentObserver())
    let sample = try model.sample(4_000, given: [Condition(column: "whole", value: "1.5")], using: &random)
    guard case .continuous(let asked, nil)? = sample["whole"], case .continuous(let zeros, nil)? = sample["zeros"]
    else {
      Issue.record("expected numbers")
      return
    }
    #expect(asked.allSatisfy { $0 == 1.5 })
    // Y given X = 1.5 is normal with mean 1.2 and deviation 0.6: below 0 in Φ(−2) of the rows.
    let share = Double(zeros.count { $0 == 0 }) / 4_000
    #expect(abs(share - 0.02275) < 5 * (0.0222 / 4_000).squareRoot() + 0.01)
    let positive = zeros.filter { $0 > 0 }.sorted()
    #expect(abs(positive[positive.count / 2] - 1.2) < 0.1)
  }

  @Test func contradictingPairsAreRepaired() throws {
    // A goes with B and C, which exclude each other: no such three variables exist.
    let latents = (0..<3).map { Latent(column: $0, role: .value, counts: [1, 1], order: [0, 1]) }
    let score = 2 / Double.pi
    let seen: [Double?] = [
      nil, 0.8 * score, 0.8 * score, 0.8 * score, nil, -0.8 * score, 0.8 * score, -0.8 * score, nil,
    ]
    let correlation = LatentCorrelation(latents, covariances: seen, shrinkage: 0)
    #expect(LatentCorrelation(correlation.values, order: 3) != nil)
    #expect(correlation.values[1] > 0.3 && correlation.values[5] < -0.3)
    let shrunk = LatentCorrelation(latents, covariances: [nil, 0.3, 0, 0.3, nil, 0, 0, 0, nil], shrinkage: 0.5)
    let plain = LatentCorrelation(latents, covariances: [nil, 0.3, 0, 0.3, nil, 0, 0, 0, nil], shrinkage: 0)
    #expect(abs(shrunk.values[1] - 0.5 * plain.values[1]) < 1e-12)
  }

  /// Levels that go with the same numbers stand side by side, however frequent they are.
  @Test func levelsAreOrderedByWhatTheyGoWith() throws {
    var random = RandomSource(seed: 4)
    let codes = (0..<3_000).map { _ in Int32([0, 0, 0, 1, 2, 2, 3][random.index(below: 7)]) }
    let numbers = codes.map { [0.0, 3, 1, 2][Int($0)] + 0.3 * random.normal() }
    let table = try Table(
      schema: Schema([ColumnSchema(name: "x", kind: .continuous), ColumnSchema(name: "level", kind: .categorical)]),
      columns: [.continuous(numbers, nil), .categorical(codes: codes, levels: ["a", "b", "c", "d"], nil)])
    let model = try GaussianCopula().fitted(to: table, using: &random, observer: SilentObserver())
    let order = try #require(model.levelOrders[1])
    #expect(order == [0, 2, 3, 1] || order == [1, 3, 2, 0])
    var settings = GaussianCopula()
    settings.levelOrder = .frequency
    let plain = try settings.fitted(to: table, using: &random, observer: SilentObserver())
    #expect(plain.levelOrders[1] == [0, 2, 1, 3] || plain.levelOrders[1] == [0, 2, 3, 1])
  }

  @Test func matricesThatAreNoCorrelationsAreRefused() throws {
    var random = RandomSource(seed: 2)
    var archive = ModelArchive()
    try GaussianCopula().fitted(to: try table(0.5, rows: 200), using: &random, observer: SilentObserver())
      .write(to: &archive)
    let tensor = try #require(archive.tensors["correlation"])
    for (place, value) in [(1, 0.9999), (0, 1.1), (2, Double.nan), (3, -7)] {
      var broken = archive
      var values = tensor.scalars
      values[place] = value
      broken.tensors["correlation"] = .init(values, shape: tensor.shape, scalarType: .float64)
      #expect(throws: SynthesisError.self) { _ = try FittedGaussianCopula(from: broken) }
    }
  }
}
