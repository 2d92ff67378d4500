/// Hyperparameters of a one-dimensional variational Bayesian Gaussian mixture with a Dirichlet-process prior in its
/// stick-breaking form (Bishop, "Pattern Recognition and Machine Learning", 2006, ch. 10.2; Blei and Jordan,
/// "Variational inference for Dirichlet process mixtures", 2006).
///
/// The priors are those of scikit-learn's `BayesianGaussianMixture`: the mean's is centred on the data's mean, the
/// variance's on the data's variance. Components that the data do not need get weights near zero.
public struct GaussianMixture: Codable, Sendable, Equatable {
  /// The most components; fewer are used when there are fewer distinct points.
  public var componentCount = 10
  /// γ of the sticks' Beta(1, γ) prior: the smaller, the fewer components share the weight.
  public var concentration = 0.001
  /// Prior observations behind the mean, and behind the variance.
  public var meanPrecision = 1.0
  public var degreesOfFreedom = 1.0
  /// Added to every variance, in the square of the data's unit.
  public var regularization = 1e-6
  /// Iteration ends when the lower bound changes by less.
  public var tolerance = 1e-3
  public var maximumIterations = 100

  public init() {}

  /// The mixture that explains `data`, which must have at least one point and a positive variance or one point only.
  ///
  /// Starts from the best k-means clustering, the heaviest cluster first, as sticks are broken in order.
  public func fitted(to data: WeightedPoints) -> FittedGaussianMixture {
    let clusters = KMeans1D(data, clusterCount: componentCount)
    var labels = clusters.labels(count: data.count)
    var weights = [Double](repeating: 0, count: clusters.starts.count)
    for index in 0..<data.count { weights[labels[index]] += data.weights[index] }
    let order = weights.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
    var rank = [Int](repeating: 0, count: order.count)
    for (place, cluster) in order.enumerated() { rank[cluster] = place }
    for index in 0..<data.count { labels[index] = rank[labels[index]] }
    return fitted(to: data, labels: labels, components: clusters.starts.count)
  }

  /// The same from a given start: point i belongs wholly to component `labels[i]`.
  package func fitted(to data: WeightedPoints, labels: [Int], components: Int) -> FittedGaussianMixture {
    var posterior = MixturePosterior(prior: MixturePrior(self, data), components: components)
    posterior.update(from: MixtureMoments(data, labels: labels, components: components))
    var bound = -Double.infinity
    var iterations = 0
    var isConverged = false
    while iterations < maximumIterations, !isConverged {
      iterations += 1
      let moments = posterior.moments(of: data)
      posterior.update(from: moments)
      let next = moments.entropy + posterior.lowerBoundWithoutEntropy
      isConverged = abs(next - bound) < tolerance
      bound = next
    }
    return FittedGaussianMixture(
      weights: posterior.weights, means: posterior.means, variances: posterior.variances, lowerBound: bound,
      iterations: iterations, isConverged: isConverged)
  }
}

/// What a mixture has learned, component by component.
public struct FittedGaussianMixture: Codable, Sendable, Equatable {
  /// Expected weights; they sum to 1.
  public var weights: [Double]
  public var means: [Double]
  public var variances: [Double]
  /// The evidence lower bound, without its constant terms.
  public var lowerBound: Double
  public var iterations: Int
  public var isConverged: Bool
}
