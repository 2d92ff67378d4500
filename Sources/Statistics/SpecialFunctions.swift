#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// ψ(x), the derivative of log Γ(x), for x > 0.
///
/// The recurrence ψ(x) = ψ(x + 1) − 1/x lifts x above 10, where the asymptotic series (Abramowitz and Stegun, 6.3.18)
/// is exact to rounding. Absolute error below 1e-13 for x ≥ 1e-3.
public func digamma(_ x: Double) -> Double {
  guard x > 0 else { return .nan }
  var x = x
  var shift = 0.0
  while x < 10 {
    shift -= 1 / x
    x += 1
  }
  let r = 1 / (x * x)
  let series =
    r
    * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r * (1.0 / 132 - r * (691.0 / 32760 - r / 12))))))
  return shift + log(x) - 0.5 / x - series
}

/// log Γ(x) for x > 0, by the recurrence and Stirling's series (Abramowitz and Stegun, 6.1.41).
///
/// The C library's `lgamma` writes a global and so must not be called from several threads.
public func logGamma(_ x: Double) -> Double {
  guard x > 0 else { return .nan }
  var x = x
  var product = 1.0
  while x < 10 {
    product *= x
    x += 1
  }
  let r = 1 / (x * x)
  let series =
    (1.0 / 12 - r
      * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188 - r * (691.0 / 360360 - r / 156)))))) / x
  return (x - 0.5) * log(x) - x + 0.5 * log(2 * Double.pi) + series - log(product)
}

/// log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b) for a, b > 0.
public func logBeta(_ a: Double, _ b: Double) -> Double { logGamma(a) + logGamma(b) - logGamma(a + b) }
