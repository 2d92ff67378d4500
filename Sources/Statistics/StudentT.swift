#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Student's t distribution with `degreesOfFreedom` above 0, whole or not.
public struct StudentT: Sendable, Equatable {
  public let degreesOfFreedom: Double

  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "StudentT: degrees of freedom must be above 0, got \(degreesOfFreedom)")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(|T| ≥ |t|) = I(ν / (ν + t²); ν/2, 1/2).
  public func twoSidedTail(_ t: Double) -> Double {
    guard t.isFinite else { return t.isNaN ? .nan : 0 }
    let nu = degreesOfFreedom
    return regularizedBeta(nu / (nu + t * t), nu / 2, 0.5)
  }

  /// The t that |T| exceeds with probability `tail` in (0, 1]; by bisection, to 1e-12 of the value.
  public func twoSidedCritical(_ tail: Double) -> Double {
    precondition(tail > 0 && tail <= 1, "twoSidedCritical: the probability must lie in (0, 1], got \(tail)")
    var high = 1.0
    while twoSidedTail(high) > tail { high *= 2 }
    var low = 0.0
    while high - low > 1e-12 * high {
      let middle = (low + high) / 2
      if twoSidedTail(middle) > tail { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

/// I(x; a, b), the regularised incomplete beta function for x in 0...1, by Lentz's evaluation of its continued fraction
/// (Abramowitz and Stegun, 26.5.8).
func regularizedBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
  if x <= 0 { return 0 }
  if x >= 1 { return 1 }
  // The fraction converges fast below the mean only; the other side is its mirror image.
  if x > (a + 1) / (a + b + 2) { return 1 - regularizedBeta(1 - x, b, a) }
  let front = exp(a * log(x) + b * log1p(-x) - logBeta(a, b)) / a
  let tiny = 1e-300
  var c = 1.0
  var d = 1 - (a + b) * x / (a + 1)
  d = 1 / (abs(d) < tiny ? tiny : d)
  var fraction = d
  for step in 1...500 {
    let m = Double(step)
    for numerator in [
      m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
      -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
    ] {
      d = 1 + numerator * d
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = 1 + numerator / c
      c = abs(c) < tiny ? tiny : c
      fraction *= d * c
    }
    if abs(d * c - 1) < 1e-15 { break }
  }
  return front * fraction
}
