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
  /// The p-value among equally many training and holdout rows, for an attack whose success depends on how many there are.
  var matchedPValue: Double?

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
    var details = [
      "\(name)risk": risk, "\(name)risk-low": riskLow, "\(name)risk-high": riskHigh, "\(name)p-value": pValue,
    ]
    for (kind, rate) in [("main", main), ("control", control), ("baseline", baseline)] {
      details["\(name)\(kind)"] = rate.rate
      details["\(name)\(kind)-low"] = rate.low
      details["\(name)\(kind)-high"] = rate.high
    }
    return details
  }

  /// How many standard errors main exceeds control by, were they of one rate.
  private var excess: Double {
    let pooled = (main.rate * main.trials + control.rate * control.trials) / (main.trials + control.trials)
    let variance = pooled * (1 - pooled) * (1 / main.trials + 1 / control.trials)
    return variance > 0 ? (main.rate - control.rate) / variance.squareRoot() : 0
  }

  /// The chance that control would fall behind main by so much, were they of one rate; with `matchedPValue` the greater of the
  /// two, so that no model of how success grows with the rows accuses anybody by itself.
  var pValue: Double { max(StandardNormal.cumulative(-excess), matchedPValue ?? 0) }

  /// The greatest risk among several attacks of which main exceeds control beyond chance: at 5 %, corrected for their number.
  /// nil where there is none. Where an attack nearly always succeeds, the greatest risk of all would be that of luck.
  static func greatest(_ attacks: [(name: String, rates: AttackRates)]) -> AttackRates? {
    attacks.map(\.rates).filter { $0.pValue * Double(attacks.count) < 0.05 }.max { $0.risk < $1.risk }
  }

  /// The greatest risk, 0 where nothing exceeds chance, and the rates behind it, or else of the surest attack. `p-value` is
  /// corrected for the number of attacks (Bonferroni). nil where there are none.
  static func summary(_ attacks: [(name: String, rates: AttackRates)]) -> (risk: Double, details: [String: Double])? {
    guard let surest = surest(attacks) else { return nil }
    let greatest = greatest(attacks)
    let told = greatest ?? surest
    var details = told.details("")
    details["p-value"] = min(1, told.pValue * Double(attacks.count))
    return (greatest?.risk ?? 0, details)
  }

  /// The attack whose main exceeds control the most surely.
  static func surest(_ attacks: [(name: String, rates: AttackRates)]) -> AttackRates? {
    attacks.map(\.rates).max { $0.excess < $1.excess }
  }
}
