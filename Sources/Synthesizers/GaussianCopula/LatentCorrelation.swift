import MynahStatistics

/// The correlation matrix of latent variables, positive definite.
struct LatentCorrelation: Sendable, Equatable {
  let order: Int
  /// Row-major, symmetric, ones on the diagonal.
  let values: [Double]

  /// Eigenvalues of an estimate are at least about this: no variable is determined by the others altogether.
  static let leastEigenvalue = 1e-3

  init(trusted values: [Double], order: Int) {
    self.values = values
    self.order = order
  }

  /// Nil for what is no correlation matrix, or not positive definite.
  init?(_ values: [Double], order: Int) {
    guard values.count == order * order, values.allSatisfy({ abs($0) <= 1 }) else { return nil }
    for i in 0..<order {
      guard values[i * order + i] == 1 else { return nil }
      for j in 0..<i where values[i * order + j] != values[j * order + i] { return nil }
    }
    guard Cholesky(values, order: order) != nil else { return nil }
    self.init(trusted: values, order: order)
  }

  /// The correlations at which the scores of each pair of variables have the covariance seen, shrunk towards independence:
  /// R ← (1 − λ) R + λ I. Each pair is estimated by itself, so together they need not be possible; then they are repaired.
  init(_ latents: [Latent], covariances: [Double?], shrinkage: Double) {
    let order = latents.count
    let series = latents.map(HermiteSeries.init)
    var values = [Double](repeating: 0, count: order * order)
    for i in 0..<order {
      values[i * order + i] = 1
      for j in 0..<i {
        // A number is seen only where it is present, so nothing is known about the two together.
        let isOneColumn = latents[i].column == latents[j].column
        guard !isOneColumn, let covariance = covariances[i * order + j] else { continue }
        let correlation = series[i].correlation(with: series[j], covariance: covariance)
        values[i * order + j] = correlation
        values[j * order + i] = correlation
      }
    }
    for place in values.indices where place / order != place % order { values[place] *= 1 - shrinkage }
    if Cholesky(values, order: order, leastPivot: Self.leastEigenvalue) == nil {
      values = Self.repaired(values, order: order)
    }
    self.init(trusted: values, order: order)
  }

  /// The matrix with eigenvalues that are too small or negative raised, and scaled to ones on the diagonal again: near to
  /// the nearest correlation matrix (Rebonato and Jäckel, "The most general methodology to create a valid correlation
  /// matrix", 1999), and changed only where pairs contradict each other, which shrinking all of them would not be.
  private static func repaired(_ values: [Double], order: Int) -> [Double] {
    let eigen = SymmetricEigen(values, order: order)
    let raised = eigen.values.map { max($0, leastEigenvalue) }
    var result = [Double](repeating: 0, count: values.count)
    for i in 0..<order {
      for j in 0...i {
        var sum = 0.0
        for k in 0..<order { sum += eigen.vectors[i * order + k] * raised[k] * eigen.vectors[j * order + k] }
        result[i * order + j] = sum
      }
    }
    let deviations = (0..<order).map { result[$0 * order + $0].squareRoot() }
    for i in 0..<order {
      for j in 0..<i {
        let correlation = max(-1, min(1, result[i * order + j] / (deviations[i] * deviations[j])))
        result[i * order + j] = correlation
        result[j * order + i] = correlation
      }
    }
    for i in 0..<order { result[i * order + i] = 1 }
    return result
  }

  /// The matrix of the variables in another order, or of some of them.
  func permuted(_ places: [Int]) -> [Double] {
    places.flatMap { i in places.map { j in values[i * order + j] } }
  }
}
