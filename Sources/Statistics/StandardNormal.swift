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
