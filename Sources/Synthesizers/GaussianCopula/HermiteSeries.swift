import MynahStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A latent variable's scores as a series of normalised Hermite polynomials hₖ = Heₖ / √k!: s(Z) = Σ aₖ hₖ(Z).
///
/// For two standard normal variables with correlation ρ, E[hⱼ(X) hₖ(Y)] = ρᵏ if j = k, else 0 (Mehler 1866). So the
/// covariance of two columns' scores is Σ ρᵏ aₖ bₖ, and inverting that gives the correlation of the variables from that
/// of the coarse columns, as a polychoric correlation does (Olsson, "Maximum likelihood estimation of the polychoric
/// correlation coefficient", 1979), at no greater cost than a product of two short series.
struct HermiteSeries: Sendable {
  /// a₁, a₂, …: a₀ is the mean, which is 0.
  let coefficients: [Double]

  static let terms = 64
  /// Correlations are kept this far from ±1.
  static let greatest = 0.995

  /// From ∫ₐᵇ hₖ φ = (hₖ₋₁(a) φ(a) − hₖ₋₁(b) φ(b)) / √k.
  init(_ latent: Latent) {
    var sums = [Double](repeating: 0, count: Self.terms)
    let scores = latent.scores
    // Between two cells stands one limit, at which the score changes by so much.
    for position in 1..<max(1, latent.cellCount) {
      let cut = latent.cuts[position]
      let change = scores[Int(latent.order[position])] - scores[Int(latent.order[position - 1])]
      let density = StandardNormal.density(cut)
      var (previous, current) = (0.0, 1.0)
      for k in 1...Self.terms {
        sums[k - 1] += change * current * density / Double(k).squareRoot()
        let next = (cut * current - Double(k - 1).squareRoot() * previous) / Double(k).squareRoot()
        (previous, current) = (current, next)
      }
    }
    coefficients = sums
  }

  /// The correlation at which the scores have this covariance; it grows with the correlation, as scores grow with the
  /// variable.
  func correlation(with other: HermiteSeries, covariance: Double) -> Double {
    let products = zip(coefficients, other.coefficients).map { $0 * $1 }
    func covarianceOf(_ rho: Double) -> Double { products.reversed().reduce(0) { ($0 + $1) * rho } }
    var (low, high) = (-Self.greatest, Self.greatest)
    for _ in 0..<48 {
      let middle = 0.5 * (low + high)
      if covarianceOf(middle) < covariance { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
