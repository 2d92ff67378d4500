import MynahStatistics

/// How often an attack succeeds on training rows, how often on rows of the holdout (the control), and how often guessing does
/// (the baseline); and what of it the model is to blame for:
///
///     residual = (main − control) / (1 − control)
///
/// with the middles of Wilson's intervals as rates, and the residual's error by propagation:
///
///     error² = (e_main / (1 − control))² + (e_control (main − 1) / (1 − control)²)²
///
/// The definitions are Anonymeter's: M. Giomi et al., "A unified framework for quantifying privacy risk in synthetic data",
/// PoPETs 2023.
struct AttackRates {
  let main: WilsonInterval
  let control: WilsonInterval
  let baseline: WilsonInterval

  /// Not within bounds: negative where the control is hit more often.
  var residual: Double { (main.center - control.center) / (1 - control.center) }

  var error: Double {
    let rest = 1 - control.center
    let (ofMain, ofControl) = (main.error / rest, control.error * (main.center - 1) / (rest * rest))
    return (ofMain * ofMain + ofControl * ofControl).squareRoot()
  }

  /// The residual within 0...1.
  var risk: Double { Self.bounded(residual) }
  var riskLow: Double { Self.bounded(residual - error) }
  var riskHigh: Double { Self.bounded(residual + error) }

  private static func bounded(_ value: Double) -> Double { max(0, min(1, value)) }

  /// What is told of the attack, `name` before each.
  func details(_ name: String) -> [String: Double] {
    var details = ["\(name)risk": risk, "\(name)risk-low": riskLow, "\(name)risk-high": riskHigh]
    for (kind, rate) in [("main", main), ("control", control), ("baseline", baseline)] {
      details["\(name)\(kind)"] = rate.rate
      details["\(name)\(kind)-low"] = rate.low
      details["\(name)\(kind)-high"] = rate.high
    }
    return details
  }

  /// The attack whose risk is surest: that with the greatest lower end of the residual's interval. The greatest residual
  /// would be that of the rarest failures, hence of the widest interval.
  static func surest(_ attacks: [(name: String, rates: AttackRates)]) -> (name: String, rates: AttackRates)? {
    attacks.max { $0.rates.residual - $0.rates.error < $1.rates.residual - $1.rates.error }
  }
}
