import CKernels
import Foundation
import MynahRandomness
import Testing

/// Fixed seeds: each bound is one that a right generator passes with probability above 0.9999 for a fresh seed.
struct DistributionTests {
  static let count = 100_000

  /// The largest distance of the empirical distribution from the true one; below 2.23 / √n with probability 0.9999.
  static func kolmogorov(_ values: [Double], _ distribution: (Double) -> Double) -> Double {
    let sorted = values.sorted()
    let n = Double(sorted.count)
    var worst = 0.0
    for (i, x) in sorted.enumerated() {
      let p = distribution(x)
      worst = max(worst, p - Double(i) / n, Double(i + 1) / n - p)
    }
    return worst
  }

  static func normal(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }
  static func gumbel(_ x: Double) -> Double { exp(-exp(-x)) }

  static let draws: [(@Sendable (inout RandomSource) -> [Double], @Sendable (Double) -> Double)] = [
    ({ r in (0..<count).map { _ in r.uniform() } }, { $0 }),
    ({ r in (0..<count).map { _ in r.normal() } }, { normal($0) }),
    ({ r in (0..<count).map { _ in r.gumbel() } }, { gumbel($0) }),
    ({ r in filled { r.fillUniform($0) } }, { $0 }),
    ({ r in filled { r.fillNormal($0) } }, { normal($0) }),
    ({ r in filled { r.fillGumbel($0) } }, { gumbel($0) }),
  ]

  static func filled(_ fill: (UnsafeMutableBufferPointer<Float>) -> Void) -> [Double] {
    var values = [Float](repeating: .nan, count: count)
    values.withUnsafeMutableBufferPointer { fill($0) }
    return values.map(Double.init)
  }

  @Test(arguments: draws.indices) func followsItsDistribution(_ index: Int) {
    var random = RandomSource(seed: 20 + UInt64(index))
    let (draw, distribution) = Self.draws[index]
    #expect(Self.kolmogorov(draw(&random), distribution) < 2.23 / Double(Self.count).squareRoot())
  }

  /// Mean 0 and variance 1 within four standard errors; neighbours, which share a block, are not correlated.
  @Test func momentsOfNormalFills() {
    var random = RandomSource(seed: 3)
    let x = Self.filled { random.fillNormal($0) }
    let n = Double(Self.count)
    #expect(abs(x.reduce(0, +) / n) < 4 / n.squareRoot())
    #expect(abs(x.reduce(0) { $0 + $1 * $1 } / n - 1) < 4 * (2 / n).squareRoot())
    #expect(abs(x.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n - 3) < 4 * (96 / n).squareRoot())
    for lag in 1...4 {
      let product = zip(x, x.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 } / n
      #expect(abs(product) < 4 / n.squareRoot())
    }
  }

  /// Strictly inside (0, 1): the blocks below hold the smallest word and one of the largest, which 24 bits and a half
  /// would have rounded up to 1, an infinite Gumbel number.
  @Test(arguments: [(1_778_212, 0x1p-24), (6_318_945, 1 - 0x1p-24)] as [(UInt64, Float)]) func fillsStayInside(
    _ block: UInt64, _ expected: Float
  ) {
    var values = [Float](repeating: 0, count: 4)
    values.withUnsafeMutableBufferPointer { mynah_fill_uniform(1, block, $0.baseAddress!, 4) }
    #expect(values[1] == expected)
    for fill in [mynah_fill_gumbel, mynah_fill_normal] {
      values.withUnsafeMutableBufferPointer { fill(1, block, $0.baseAddress, 4) }
      #expect(values.allSatisfy { $0.isFinite && abs($0) < 17 })
    }
  }

  @Test(arguments: [Float(0), 0.25, 0.5, 0.9, 1]) func masksKeepTheirShare(_ keep: Float) {
    var random = RandomSource(seed: 5)
    let x = Self.filled { random.fillMask($0, keep: keep, scale: 3) }
    #expect(x.allSatisfy { $0 == 0 || $0 == 3 })
    let (n, p) = (Double(Self.count), Double(keep))
    #expect(abs(x.reduce(0, +) / 3 / n - p) <= 4 * (p * (1 - p) / n).squareRoot())
  }

  @Test(arguments: [1, 2, 3, 7, 1000]) func indicesAreUniform(_ bound: Int) {
    var random = RandomSource(seed: 6)
    var counts = Array(repeating: 0, count: bound)
    for _ in 0..<Self.count { counts[random.index(below: bound)] += 1 }
    let expected = Double(Self.count) / Double(bound)
    let chi = counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    // The mean of χ² and five of its standard deviations.
    #expect(chi <= Double(bound - 1) + 5 * (2 * Double(bound - 1)).squareRoot())
  }

  @Test func weightsAreFollowedAndZeroOnesNeverDrawn() {
    var random = RandomSource(seed: 7)
    let weights = [0, 1, 0, 0, 3, 0.5, 0, 0]
    var total = 0.0
    let cumulative = weights.map { weight -> Double in
      total += weight
      return total
    }
    var counts = Array(repeating: 0, count: weights.count)
    for _ in 0..<Self.count { counts[random.index(cumulative: cumulative)] += 1 }
    for (count, weight) in zip(counts, weights) {
      let p = weight / total
      #expect(abs(Double(count) / Double(Self.count) - p) <= 4 * (p * (1 - p) / Double(Self.count)).squareRoot())
    }
    #expect((0..<100).allSatisfy { _ in random.index(cumulative: [2]) == 0 })
    #expect((0..<1000).allSatisfy { _ in random.index(cumulative: [1e-300, 1e-300]) == 0 })
  }

  /// Each of the 24 orders of four things about as often as any other.
  @Test func permutationsAreUniform() {
    var random = RandomSource(seed: 8)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 { counts[random.permutation(4), default: 0] += 1 }
    #expect(counts.count == 24)
    let chi = counts.values.reduce(0.0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 }
    #expect(chi < 23 + 5 * 46.0.squareRoot())
    #expect(random.permutation(1000).sorted() == Array(0..<1000))
    #expect(random.permutation(0).isEmpty)
  }
}
