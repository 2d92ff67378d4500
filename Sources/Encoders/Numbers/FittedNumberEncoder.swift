import MynahRandomness
import MynahStatistics
import MynahTables

/// A column of numbers or times as a transform sees it.
///
/// Codes count the transform's first, then the spikes, then, where the column has any, the missing values. The first span
/// is the transform's scalar (absent where there is nothing to transform), the second one the codes' softmax (absent if
/// there is one only). Rows with a spike or a missing value have the scalar 0.
public struct FittedNumberEncoder<Transform: NumberTransform>: FittedColumnEncoder {
  var traits: NumberTraits
  public let transform: Transform

  /// Values with codes of their own, ascending.
  public var spikes: [Double] { traits.spikes }
  public var hasMissing: Bool { traits.hasMissing }
  /// The least and the greatest value seen that is no spike; other values are decoded to nothing outside.
  public var minimum: Double { traits.minimum }
  public var maximum: Double { traits.maximum }
  /// Whole numbers: every distance seen between values that are no spikes is a multiple of it, and so decoded values are.
  public var step: Double? { traits.step }
  /// Decoded numbers are rounded to this many digits after the point; nil to leave them.
  public internal(set) var fractionDigits: Int? {
    get { traits.fractionDigits }
    set { traits.fractionDigits = newValue }
  }

  /// Learns a column.
  ///
  /// - Parameters:
  ///   - column: numbers or times.
  ///   - spikes: says which values get codes of their own. With a `limit` of 0 none do, but for a constant.
  ///   - transform: learns the other values, which are distinct and ascending, and at least two.
  /// - Throws: `TableError` for a column of levels, and for NaN or infinity.
  public init(
    _ column: Column, spikes: SpikeFinder, transform: (WeightedPoints) -> Transform
  ) throws(TableError) {
    let numbers = try NumericColumn(column)
    let data = try numbers.distinctValues()
    let spikes = spikes.spikes(in: data)
    let rest = data.filtered { !spikes.contains($0) }
    let isConstant = rest.count == 1
    let values = spikes.map { data.points[$0] } + (isConstant ? rest.points : [])
    traits = NumberTraits(
      form: numbers.form, origin: numbers.origin, spikes: values.sorted(), hasMissing: column.missingCount > 0,
      minimum: rest.points.first ?? 0, maximum: rest.points.last ?? 0,
      step: numbers.form == .continuous ? nil : NumericColumn.step(of: rest.points))
    self.transform = transform(isConstant ? WeightedPoints(points: [], weights: []) : rest)
  }

  /// - Throws: `TableError` when the parts read cannot have come from a fit.
  public init(from decoder: any Decoder) throws {
    traits = try NumberTraits(from: decoder)
    transform = try Transform(from: decoder)
    try traits.validate()
    guard (0...1 << 16).contains(transform.codeCount) else {
      throw TableError("\(transform.codeCount) codes, at most 65536 are possible")
    }
  }

  /// One mapping with the keys of both.
  public func encode(to encoder: any Encoder) throws {
    try traits.encode(to: encoder)
    try transform.encode(to: encoder)
  }

  public var canBeMissing: Bool? { hasMissing || cardinality == 0 }

  public func described(by schema: ColumnSchema) -> FittedNumberEncoder {
    // A schema may be written by hand.
    guard traits.form == .continuous, let digits = schema.fractionDigits, NumberTraits.possibleDigits.contains(digits)
    else { return self }
    var described = self
    described.traits.fractionDigits = digits
    return described
  }

  /// Number of codes.
  var cardinality: Int { transform.codeCount + spikes.count + (hasMissing ? 1 : 0) }

  public var spans: [EncodedSpan] {
    var spans: [EncodedSpan] = []
    if transform.codeCount > 0 { spans.append(EncodedSpan(width: 1, head: Transform.head)) }
    if cardinality > 1 { spans.append(EncodedSpan(width: cardinality, head: .softmax)) }
    return spans
  }
}
