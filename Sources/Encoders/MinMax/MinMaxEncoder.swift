import MynahRandomness
import MynahStatistics
import MynahTables

/// Numbers and times scaled to −1...1 by the least and the greatest value: s = 2 (x − min) / (max − min) − 1.
///
/// The plain scaling of the first GANs: it keeps a column's shape, skewness and all. Missing values have a code of their
/// own; so do values that stand out of their neighbourhood where `spikes` says so, which by default it does not.
public struct MinMaxEncoder: ColumnEncoder {
  public static let identifier = "min-max"
  public static let kinds: Set<ColumnKind> = [.continuous, .integer, .datetime]

  public var spikes = SpikeFinder(limit: 0)

  public init() {}

  public func validate() throws(TableError) { try spikes.validate() }

  public func fitted(to column: Column, using random: inout RandomSource) throws(TableError) -> FittedMinMaxEncoder {
    try validate()
    return try FittedMinMaxEncoder(column, spikes: spikes) { MinMaxTransform($0) }
  }
}

/// The range of a column of numbers or times; the scalar is the place within it.
public typealias FittedMinMaxEncoder = FittedNumberEncoder<MinMaxTransform>

/// s = 2 (x − low) / (high − low) − 1.
public struct MinMaxTransform: NumberTransform {
  public static let head = EncodedSpan.Head.tanh
  public let low: Double
  public let high: Double

  public var codeCount: Int { low < high ? 1 : 0 }

  init(_ data: WeightedPoints) {
    low = data.points.first ?? 0
    high = data.points.last ?? 0
  }

  private enum CodingKeys: String, CodingKey { case low, high }

  /// - Throws: `TableError` when the range read is none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    low = try container.decode(Double.self, forKey: .low)
    high = try container.decode(Double.self, forKey: .high)
    guard low.isFinite, high.isFinite, low <= high else { throw TableError("the range \(low)...\(high) is not one") }
  }

  public func encoded(_ value: Double, draw: Float) -> (code: Int, scalar: Float) {
    let width = high - low
    // The distance of finite numbers may not be finite.
    let share = width.isFinite ? (value - low) / width : (value / 2 - low / 2) / (high / 2 - low / 2)
    return (0, Float(max(-1, min(1, 2 * share - 1))))
  }

  public func decoded(code: Int, scalar: Float) -> Double {
    let share = scalar.isNaN ? 0.5 : (max(-1, min(1, Double(scalar))) + 1) / 2
    return low * (1 - share) + high * share
  }
}
