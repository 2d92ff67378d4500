#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The priors of a mixture, completed by the data.
struct MixturePrior {
  let concentration: Double
  let meanPrecision: Double
  let degreesOfFreedom: Double
  let regularization: Double
  let mean: Double
  let variance: Double

  init(_ settings: GaussianMixture, _ data: WeightedPoints) {
    concentration = settings.concentration
    meanPrecision = settings.meanPrecision
    degreesOfFreedom = settings.degreesOfFreedom
    regularization = settings.regularization
    mean = data.mean
    let total = data.totalWeight
    variance = total > 1 ? data.populationVariance * total / (total - 1) : 0
  }
}

/// What an expectation step leaves behind: each component's weight, mean and variance under the responsibilities, and
/// the responsibilities' entropy.
struct MixtureMoments {
  var weights: [Double]
  var means: [Double]
  var variances: [Double]
  var entropy = 0.0

  init(components: Int) {
    weights = Array(repeating: 0, count: components)
    means = weights
    variances = weights
  }

  /// Every point belongs wholly to the component its label names.
  init(_ data: WeightedPoints, labels: [Int], components: Int) {
    self.init(components: components)
    for index in 0..<data.count {
      weights[labels[index]] += data.weights[index]
      means[labels[index]] += data.weights[index] * data.points[index]
    }
    for component in 0..<components { means[component] /= weights[component] + weightFloor }
    for index in 0..<data.count {
      let component = labels[index]
      let deviation = data.points[index] - means[component]
      variances[component] += data.weights[index] * (deviation * deviation + data.variances[index])
    }
    for component in 0..<components { variances[component] /= weights[component] + weightFloor }
  }
}

/// Keeps divisions by an empty component's weight finite (scikit-learn adds the same).
private let weightFloor = 10 * Double.ulpOfOne

/// q(sticks) q(means, precisions): Beta and normal-gamma factors, one of each per component.
struct MixturePosterior {
  private let prior: MixturePrior
  private var stickA: [Double]
  private var stickB: [Double]
  private var meanPrecisions: [Double]
  private var degreesOfFreedom: [Double]
  private(set) var means: [Double]
  /// Expected variances: the inverse Wishart scale over its degrees of freedom.
  private(set) var variances: [Double]

  private var components: Int { means.count }

  init(prior: MixturePrior, components: Int) {
    self.prior = prior
    let zeros = [Double](repeating: 0, count: components)
    (stickA, stickB, meanPrecisions, degreesOfFreedom, means, variances) = (zeros, zeros, zeros, zeros, zeros, zeros)
  }

  /// The maximisation step (Bishop 10.58 to 10.63, with Blei and Jordan's sticks).
  mutating func update(from moments: MixtureMoments) {
    var weightAfter = 0.0
    for k in (0..<components).reversed() {
      let n = moments.weights[k] + weightFloor
      stickA[k] = 1 + n
      stickB[k] = prior.concentration + weightAfter
      weightAfter += n
      meanPrecisions[k] = prior.meanPrecision + n
      means[k] = (prior.meanPrecision * prior.mean + n * moments.means[k]) / meanPrecisions[k]
      degreesOfFreedom[k] = prior.degreesOfFreedom + n
      let shift = moments.means[k] - prior.mean
      let scatter = n * (moments.variances[k] + prior.regularization)
      variances[k] =
        (prior.variance + scatter + n * prior.meanPrecision / meanPrecisions[k] * shift * shift) / degreesOfFreedom[k]
    }
  }

  /// E[weight] of each component, normalised.
  var weights: [Double] {
    var left = 1.0
    var weights: [Double] = []
    for k in 0..<components {
      let sum = stickA[k] + stickB[k]
      weights.append(stickA[k] / sum * left)
      left *= stickB[k] / sum
    }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// The part of E[log weight + log density] that does not depend on the point (Bishop 10.64 to 10.66).
  private var logScales: [Double] {
    var sticksBefore = 0.0
    return (0..<components).map { k in
      let both = digamma(stickA[k] + stickB[k])
      let logWeight = digamma(stickA[k]) - both + sticksBefore
      sticksBefore += digamma(stickB[k]) - both
      let logLambda = log(2.0) + digamma(0.5 * degreesOfFreedom[k])
      return logWeight - 0.5 * log(2 * Double.pi) - 0.5 * log(variances[k]) - 0.5 * log(degreesOfFreedom[k])
        + 0.5 * (logLambda - 1 / meanPrecisions[k])
    }
  }

  /// The expectation step and its moments in one pass; responsibilities are never stored.
  ///
  /// Sums are taken around the components' present means, so nothing cancels.
  func moments(of data: WeightedPoints) -> MixtureMoments {
    let count = components
    let scales = logScales
    let halfPrecisions = variances.map { 0.5 / $0 }
    var moments = MixtureMoments(components: count)
    var entropy = 0.0
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 5 * count) { scratch in
      scratch.initialize(repeating: 0)
      let (logs, deviations) = (scratch.baseAddress!, scratch.baseAddress! + count)
      let sums = scratch.baseAddress! + 2 * count
      for index in 0..<data.count {
        let (x, variance, weight) = (data.points[index], data.variances[index], data.weights[index])
        var most = -Double.infinity
        for k in 0..<count {
          deviations[k] = x - means[k]
          logs[k] = scales[k] - halfPrecisions[k] * deviations[k] * deviations[k]
          most = max(most, logs[k])
        }
        // Where log r is below −45 its share is less than rounding takes from the largest.
        var total = 0.0
        var weighted = 0.0
        for k in 0..<count {
          let relative = logs[k] - most
          let r = relative > -45 ? exp(relative) : 0
          logs[k] = r
          total += r
          weighted += r * relative
        }
        entropy += weight * (log(total) - weighted / total)
        let share = weight / total
        for k in 0..<count where logs[k] > 0 {
          let r = share * logs[k]
          let rd = r * deviations[k]
          sums[k] += r
          sums[count + k] += rd
          sums[2 * count + k] += rd * deviations[k] + r * variance
        }
      }
      for k in 0..<count {
        let n = sums[k] + weightFloor
        let shift = sums[count + k] / n
        moments.weights[k] = sums[k]
        moments.means[k] = means[k] * (sums[k] / n) + shift
        moments.variances[k] = max(0, sums[2 * count + k] / n - shift * shift)
      }
    }
    moments.entropy = entropy
    return moments
  }

  /// The evidence lower bound less the responsibilities' entropy and constants (Bishop 10.70 to 10.77 after the
  /// maximisation step).
  var lowerBoundWithoutEntropy: Double {
    var bound = 0.0
    for k in 0..<components {
      let dof = degreesOfFreedom[k]
      let logDeterminant = -0.5 * log(variances[k]) - 0.5 * log(dof)
      bound += dof * logDeterminant + dof * 0.5 * log(2.0) + logGamma(0.5 * dof)
      bound += logBeta(stickA[k], stickB[k]) - 0.5 * log(meanPrecisions[k])
    }
    return bound
  }
}
