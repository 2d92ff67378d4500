/// Training went wrong in a way that further steps do not mend. The best model so far is kept.
public struct TrainingDiverged: Error, CustomStringConvertible {
  /// What went wrong.
  public enum Cause: Sendable, Equatable {
    /// A loss or a parameter became NaN or infinite; named, for example "critic loss".
    case notFinite(String)
    /// Gradients grew without bound: the network, the norm, and what it was before.
    case exploding(String, norm: Double, usual: Double)
    /// Sampled rows hold one level of a discrete column that has several.
    case collapsed(column: String)
    /// Sampled rows repeat each other: the share of rows that occur more than once, and that of the real rows.
    case duplicates(share: Double, real: Double)
  }

  /// Counted from 1.
  public let epoch: Int
  /// Counted from 1 within the epoch.
  public let step: Int
  public let cause: Cause
  /// Nil when there was no good one yet.
  public let lastGoodModel: (any FittedSynthesizer)?

  public init(epoch: Int, step: Int, cause: Cause, lastGoodModel: (any FittedSynthesizer)?) {
    self.epoch = epoch
    self.step = step
    self.cause = cause
    self.lastGoodModel = lastGoodModel
  }

  public var description: String {
    let place = "in epoch \(epoch), step \(step)"
    return switch cause {
    case .notFinite(let quantity):
      "training diverged: the \(quantity) is not a finite number \(place); smaller learning rates would help"
    case .exploding(let network, let norm, let usual):
      "training diverged: the \(network)'s gradients have a norm of \(rounded(norm))"
        + (norm > 10 * usual ? ", \(rounded(norm / usual)) times the usual," : "")
        + " \(place); smaller learning rates would help"
    case .collapsed(let column):
      "training collapsed: all sampled rows have one level of column '\(column)' after epoch \(epoch); smaller learning "
        + "rates or another kind of model would help"
    case .duplicates(let share, let real):
      "training collapsed: \(rounded(100 * share)) % of sampled rows repeat another one, of the real rows "
        + "\(rounded(100 * real)) %, after epoch \(epoch); smaller learning rates or another kind of model would help"
    }
  }

  /// Three significant digits, for readers.
  private func rounded(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "\(value)" }
    var (mantissa, exponent) = (abs(value), 0)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    guard (-3...5).contains(exponent) else { return "\((mantissa * 100).rounded() / 100)e\(exponent)" }
    let places = max(0, 2 - exponent)
    let factor = (0..<places).reduce(1.0) { factor, _ in factor * 10 }
    let number = (abs(value) * factor).rounded() / factor
    return places == 0 ? "\(Int(number))" : "\(number)"
  }
}
