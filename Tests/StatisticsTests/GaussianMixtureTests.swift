import MynahRandomness
import MynahTestSupport
import Testing

@testable import MynahStatistics

@Suite struct GaussianMixtureTests {
  private struct Golden: Decodable {
    struct Fit: Decodable {
      let maximumIterations: Int
      let iterations: Int
      let converged: Bool
      let weights: [Double]
      let means: [Double]
      let variances: [Double]
      let lowerBound: Double
    }
    struct Case: Decodable {
      let name: String
      let points: [Double]
      let counts: [Double]
      let labels: [Int]
      let components: Int
      let fits: [Fit]
    }
    let cases: [Case]
  }

  @Test func equalsScikitLearnFromTheSameStart() throws {
    for golden in try golden("gaussian-mixture.json", as: Golden.self).cases {
      let data = WeightedPoints(points: golden.points, weights: golden.counts)
      for expected in golden.fits {
        var mixture = GaussianMixture()
        mixture.maximumIterations = expected.maximumIterations
        let fit = mixture.fitted(to: data, labels: golden.labels, components: golden.components)
        let place = "\(golden.name), \(expected.maximumIterations) iterations"
        #expect(fit.iterations == expected.iterations && fit.isConverged == expected.converged, "\(place)")
        #expect(disagreement(fit.weights, expected.weights, absolute: 1e-8, relative: 1e-6) == nil, "\(place)")
        #expect(disagreement(fit.means, expected.means, absolute: 1e-8, relative: 1e-6) == nil, "\(place)")
        #expect(disagreement(fit.variances, expected.variances, absolute: 1e-8, relative: 1e-6) == nil, "\(place)")
        #expect(abs(fit.lowerBound - expected.lowerBound) < 1e-6 * abs(expected.lowerBound), "\(place)")
      }
    }
  }

  private func sample(_ count: Int, seed: UInt64) -> [Double] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { _ in
      let u = random.uniform()
      return u < 0.3 ? -10 + random.normal() : u < 0.8 ? 0.5 * random.normal() : 8 + 2 * random.normal()
    }
  }

  /// What the components, weighted, say about the modes near `center`.
  private func mass(_ fit: FittedGaussianMixture, near center: Double) -> (weight: Double, mean: Double) {
    let near = fit.weights.indices.filter { abs(fit.means[$0] - center) < 4 }
    let weight = near.reduce(0) { $0 + fit.weights[$1] }
    return (weight, near.reduce(0) { $0 + fit.weights[$1] * fit.means[$1] } / weight)
  }

  @Test func recoversModes() {
    var mixture = GaussianMixture()
    mixture.maximumIterations = 500
    let fit = mixture.fitted(to: WeightedPoints(distinct: sample(4_000, seed: 3)))
    for (center, weight) in [(-10.0, 0.3), (0, 0.5), (8, 0.2)] {
      let found = mass(fit, near: center)
      #expect(abs(found.weight - weight) < 0.03 && abs(found.mean - center) < 0.2)
    }
    #expect(abs(fit.weights.reduce(0, +) - 1) < 1e-12)
  }

  @Test func binsHardlyChangeTheFit() {
    let data = WeightedPoints(distinct: sample(20_000, seed: 4))
    let exact = GaussianMixture().fitted(to: data)
    let binned = GaussianMixture().fitted(to: data.binned(to: 1_024))
    #expect(disagreement(binned.weights, exact.weights, absolute: 0.02) == nil)
    #expect(abs(binned.lowerBound - exact.lowerBound) < 1e-3 * abs(exact.lowerBound))
  }

  @Test func lowerBoundNeverFalls() {
    let data = WeightedPoints(distinct: sample(800, seed: 5))
    var bounds: [Double] = []
    for iterations in 1...40 {
      var mixture = GaussianMixture()
      mixture.maximumIterations = iterations
      bounds.append(mixture.fitted(to: data).lowerBound)
    }
    #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $1 >= $0 - 1e-6 })
  }

  @Test func fewPoints() {
    let two = GaussianMixture().fitted(to: WeightedPoints(points: [1, 3], weights: [1, 1]))
    #expect(two.weights.count == 2 && two.variances.allSatisfy { $0 > 0 })
    let one = GaussianMixture().fitted(to: WeightedPoints(points: [4], weights: [7]))
    #expect(one.weights == [1] && abs(one.means[0] - 4) < 1e-12 && one.variances[0] > 0)
  }
}
