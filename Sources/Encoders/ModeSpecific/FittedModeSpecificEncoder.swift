import MynahRandomness
import MynahTables

/// The modes of a column of numbers or times.
///
/// Codes count the Gaussian modes first, then the spikes, then, where the column has any, the missing values. The first
/// span is α in −1...1 (absent without Gaussian modes), the second one the mode's softmax (absent if there is one only).
public struct FittedModeSpecificEncoder: FittedColumnEncoder, Equatable {
  /// A Gaussian mode, in the column's unit.
  public struct Mode: Codable, Sendable, Equatable {
    public let mean: Double
    public let deviation: Double
    public let weight: Double
  }

  let form: NumericColumn.Form
  /// What whole numbers are counted from; see `NumericColumn`. Means, spikes and limits are relative to it.
  let origin: Int64
  /// Ascending by mean.
  public let modes: [Mode]
  /// Values with a mode of their own, ascending.
  public let spikes: [Double]
  public let hasMissing: Bool
  /// The least and the greatest value seen that is no spike; Gaussian modes give nothing outside.
  public let minimum: Double
  public let maximum: Double
  /// Whole numbers: every distance seen between values of Gaussian modes is a multiple of it, and so decoded values are.
  public let step: Double?
  /// Decoded numbers are rounded to this many digits after the point; nil to leave them.
  public internal(set) var fractionDigits: Int?

  init(
    trusted form: NumericColumn.Form, origin: Int64, modes: [Mode], spikes: [Double], hasMissing: Bool,
    minimum: Double, maximum: Double, step: Double?
  ) {
    self.form = form
    self.origin = origin
    self.modes = modes
    self.spikes = spikes
    self.hasMissing = hasMissing
    self.minimum = minimum
    self.maximum = maximum
    self.step = step
  }

  /// - Throws: `TableError` when the parts read cannot have come from a fit.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    form = try container.decode(NumericColumn.Form.self, forKey: .form)
    origin = try container.decode(Int64.self, forKey: .origin)
    modes = try container.decode([Mode].self, forKey: .modes)
    spikes = try container.decode([Double].self, forKey: .spikes)
    hasMissing = try container.decode(Bool.self, forKey: .hasMissing)
    minimum = try container.decode(Double.self, forKey: .minimum)
    maximum = try container.decode(Double.self, forKey: .maximum)
    step = try container.decodeIfPresent(Double.self, forKey: .step)
    fractionDigits = try container.decodeIfPresent(Int.self, forKey: .fractionDigits)
    try validate()
  }

  private func validate() throws(TableError) {
    for mode in modes {
      guard mode.mean.isFinite, mode.deviation.isFinite, mode.deviation > 0, mode.weight > 0, mode.weight <= 1 else {
        throw TableError("a mode needs a finite mean, a positive deviation and a weight in (0, 1], got \(mode)")
      }
    }
    guard spikes.allSatisfy(\.isFinite), zip(spikes, spikes.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw TableError("spikes must be finite and ascending")
    }
    guard minimum.isFinite, maximum.isFinite, minimum <= maximum else {
      throw TableError("the range \(minimum)...\(maximum) is not one")
    }
    guard modes.count <= 1 << 16, spikes.count <= 1 << 16 else {
      throw TableError("\(modes.count) modes and \(spikes.count) spikes, at most 65536 are possible")
    }
    if let step, !(step >= 1 && step.isFinite) { throw TableError("a step of \(step), expected at least 1") }
    if let digits = fractionDigits, !(0...400).contains(digits) {
      throw TableError("\(digits) digits after the point, expected 0...400")
    }
  }

  /// Number of codes.
  var cardinality: Int { modes.count + spikes.count + (hasMissing ? 1 : 0) }

  public var spans: [EncodedSpan] {
    var spans: [EncodedSpan] = []
    if !modes.isEmpty { spans.append(EncodedSpan(width: 1, head: .tanh)) }
    if cardinality > 1 { spans.append(EncodedSpan(width: cardinality, head: .softmax)) }
    return spans
  }
}
