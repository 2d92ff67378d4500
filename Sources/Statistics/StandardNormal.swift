#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The standard normal distribution.
public enum StandardNormal {
  /// φ(x) = exp(−x² / 2) / √2π; 0 at both infinities.
  public static func density(_ x: Double) -> Double { exp(-0.5 * x * x) * 0.398942280401432677939946 }

  /// Φ(x), exact to rounding in the lower tail too.
  public static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x * 0.707106781186547524400844) }

  /// Φ⁻¹(p) for p in 0...1, −∞ and ∞ at the ends. Relative error below 1e-13; where p is near 1, 1 − p is what is known
  /// inexactly.
  ///
  /// A rational approximation (Abramowitz and Stegun, 26.2.23, off by less than 4.5e-4), then two steps of Halley's method,
  /// each of which triples the digits.
  public static func quantile(_ p: Double) -> Double {
    guard p > 0 else { return p == 0 ? -.infinity : .nan }
    guard p < 1 else { return p == 1 ? .infinity : .nan }
    if p > 0.5 { return -quantile(1 - p) }
    let t = (-2 * log(p)).squareRoot()
    var x =
      (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
    for _ in 0..<2 {
      let density = density(x)
      guard density > 0 else { break }
      let error = (cumulative(x) - p) / density
      x -= error / (1 + 0.5 * x * error)
    }
    return x
  }

  /// E[X | a < X < b] · P(a < X < b) = φ(a) − φ(b).
  public static func partialMean(from a: Double, to b: Double) -> Double { density(a) - density(b) }

  /// The value below which a share `uniform` (0...1) of the distribution between `a` and `b` lies: a draw from the truncated
  /// distribution when `uniform` is random. Both tails are exact; ends that no normal number reaches give the nearer end.
  public static func truncatedQuantile(_ uniform: Double, from a: Double, to b: Double) -> Double {
    // In the upper tail probabilities are near 1 and lose their digits: mirrored, they are near 0.
    if a > 0 { return -truncatedQuantile(1 - uniform, from: -b, to: -a) }
    let (below, above) = (cumulative(a), cumulative(b))
    let x = quantile(below + uniform * (above - below))
    return x.isNaN ? b : max(a, min(b, x))
  }
}
