import MynahRandomness
import MynahStatistics
import MynahTestSupport
import Testing

@Suite struct WeightedPointsTests {
  @Test(arguments: [0, 1, 7, 256, 257, 5_000]) func sortsLikeTheStandardLibrary(count: Int) {
    var random = RandomSource(seed: UInt64(count))
    // Every exponent and sign, infinities, whole numbers, repeats and both zeros.
    let values = (0..<count).map { index -> Double in
      switch index % 5 {
      case 0: random.normal() * 1e300
      case 1: Double(random.index(below: 9)) - 4
      case 2: index % 2 == 0 ? -0.0 : Double.leastNonzeroMagnitude
      case 3: index % 2 == 0 ? .infinity : -.infinity
      default: random.normal() * 1e-200
      }
    }
    #expect(sortedAscending(values) == values.sorted())
    #expect(!sortedAscending(values).contains { $0 == 0 && $0.sign == .minus })
  }

  @Test func distinctValuesAreCounted() {
    let data = WeightedPoints(distinct: [3, -1, 3, 2, -1, 3])
    #expect(data.points == [-1, 2, 3] && data.weights == [2, 1, 3] && data.variances == [0, 0, 0])
    #expect(data.mean == 1.5)
    #expect(abs(data.populationVariance - 19.5 / 6) < 1e-12)
    #expect(data.filtered { $0 != 1 }.points == [-1, 3])
  }

  @Test func binsKeepWeightMeanAndVariance() {
    var random = RandomSource(seed: 2)
    let values = (0..<20_000).map { _ in random.normal() * random.normal() * random.normal() + 1e6 }
    let exact = WeightedPoints(distinct: values)
    let binned = exact.binned(to: 500)
    #expect(binned.count <= 501 && binned.count > 200)
    #expect(zip(binned.points, binned.points.dropFirst()).allSatisfy { $0 < $1 })
    #expect(abs(binned.totalWeight - 20_000) < 1e-6)
    #expect(abs(binned.mean - exact.mean) < 1e-8)
    #expect(abs(binned.populationVariance / exact.populationVariance - 1) < 1e-9)
    // No bin is wider than 1/250 of the range or heavier than 1/250 of the rows.
    #expect((binned.weights.max() ?? 0) <= 20_000 / 250 + 1)
    let reach = values.max()! - values.min()!
    #expect((binned.variances.max() ?? 0).squareRoot() <= reach / 250)
    #expect(exact.binned(to: 30_000) == exact)
  }

  @Test func quantiles() {
    let data = WeightedPoints(distinct: [1, 1, 1, 2, 10])
    #expect([0, 0.5, 0.6, 0.61, 0.8, 1].map(data.quantile) == [1, 1, 1, 2, 2, 10])
    // numpy.quantile([1, 2, 4, 8], [0, 0.1, 0.5, 0.9, 1])
    let levels = [0, 0.1, 0.5, 0.9, 1].map { quantile($0, ofSorted: [1, 2, 4, 8]) }
    #expect(disagreement(levels, [1, 1.3, 3, 6.8, 8], absolute: 1e-12) == nil)
  }
}
