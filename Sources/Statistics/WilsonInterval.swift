/// A rate of successes with Wilson's score interval:
///
///     centre = (s + z²/2) / (n + z²),   error = z / (n + z²) · √(s (n − s) / n + z²/4)
///
/// Unlike ± z √(p (1 − p) / n) it holds for few trials and for rates near 0 and 1.
///
/// Reference: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
public struct WilsonInterval: Sendable, Equatable {
  /// s / n.
  public let rate: Double
  /// n.
  public let trials: Double
  /// The middle of the interval.
  public let center: Double
  /// Half of its width.
  public let error: Double

  /// - Parameters:
  ///   - successes: in 0...trials; need not be whole, where trials are weighted.
  ///   - trials: above 0.
  ///   - confidence: in 0..<1.
  public init(successes: Double, of trials: Double, confidence: Double = 0.95) {
    precondition(
      trials > 0 && (0...trials).contains(successes) && (0..<1).contains(confidence),
      "WilsonInterval: \(successes) of \(trials) at \(confidence)")
    let z = StandardNormal.quantile(0.5 + confidence / 2)
    rate = successes / trials
    self.trials = trials
    center = (successes + z * z / 2) / (trials + z * z)
    error = z / (trials + z * z) * (successes * (trials - successes) / trials + z * z / 4).squareRoot()
  }

  /// In 0...1.
  public var low: Double { max(0, center - error) }
  /// In 0...1.
  public var high: Double { min(1, center + error) }
}
