import MynahTables

/// What an encoder of numbers keeps of a column whatever its transform: how values are stored, which of them have codes of
/// their own, and what decoded ones look like.
struct NumberTraits: Codable, Sendable, Equatable {
  let form: NumericColumn.Form
  /// What whole numbers are counted from; see `NumericColumn`. Everything else is relative to it.
  let origin: Int64
  /// Values with codes of their own, ascending.
  let spikes: [Double]
  let hasMissing: Bool
  /// The least and the greatest value seen that is no spike; other values are decoded to nothing outside.
  let minimum: Double
  let maximum: Double
  /// Whole numbers: every distance seen between values that are no spikes is a multiple of it, and so decoded values are.
  let step: Double?
  /// Decoded numbers are rounded to this many digits after the point; nil to leave them.
  var fractionDigits: Int?

  /// - Throws: `TableError` when the parts, having been read, cannot have come from a fit.
  func validate() throws(TableError) {
    guard spikes.allSatisfy(\.isFinite), zip(spikes, spikes.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw TableError("spikes must be finite and ascending")
    }
    guard minimum.isFinite, maximum.isFinite, minimum <= maximum else {
      throw TableError("the range \(minimum)...\(maximum) is not one")
    }
    guard spikes.count <= 1 << 16 else { throw TableError("\(spikes.count) spikes, at most 65536 are possible") }
    if let step, !(step >= 1 && step.isFinite) { throw TableError("a step of \(step), expected at least 1") }
    if let digits = fractionDigits, !Self.possibleDigits.contains(digits) {
      throw TableError("\(digits) digits after the point, expected \(Self.possibleDigits)")
    }
  }

  /// Floating-point numbers have no digits beyond 10^-400.
  static let possibleDigits = 0...400
}
