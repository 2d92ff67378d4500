import MynahStatistics

/// The correlation matrix of latent variables, positive definite.
struct LatentCorrelation: Sendable, Equatable {
  let order: Int
  /// Row-major, symmetric, ones on the diagonal.
  let values: [Double]

  /// Pivots of its Cholesky decomposition are above this: no variable is determined by the others altogether.
  static let leastPivot = 1e-3

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

  /// The correlations at which the scores of each pair of variables have the covariance seen, shrunk towards independence,
  /// R ← (1 − λ) R + λ I, by the given λ, or by the least one at which the matrix is positive definite if that is more:
  /// each pair is estimated by itself, so together they need not be.
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
    func shrunk(_ share: Double) -> [Double] {
      values.enumerated().map { $0 / order == $0 % order ? 1 : (1 - share) * $1 }
    }
    func isPositive(_ share: Double) -> Bool {
      Cholesky(shrunk(share), order: order, leastPivot: Self.leastPivot) != nil
    }
    var share = shrinkage
    if !isPositive(share) {
      var low = share
      share = 1
      while share - low > 1e-4 {
        let middle = 0.5 * (low + share)
        if isPositive(middle) { share = middle } else { low = middle }
      }
    }
    self.init(trusted: shrunk(share), order: order)
  }

  /// The matrix of the variables in another order, or of some of them.
  func permuted(_ places: [Int]) -> [Double] {
    places.flatMap { i in places.map { j in values[i * order + j] } }
  }
}
