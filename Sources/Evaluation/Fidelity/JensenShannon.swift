#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import MynahParallelism
import MynahRandomness
import MynahTables

/// The Jensen–Shannon distance between the frequencies p and q of a column's levels or bins, the mean over columns of
///
///     √(½ Σ p log₂(p / m) + ½ Σ q log₂(q / m)),   m = (p + q) / 2
///
/// In [0, 1], 0 is best. Numbers and datetimes are cut into at most `bins` bins at the real column's quantiles. Missing values
/// are left out. Details are named after the columns.
///
/// Endres and Schindelin, "A new metric for probability distributions" (2003).
public struct JensenShannon: Metric, Equatable {
  public static var identifier: String { "jensen-shannon" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Jensen–Shannon distance" }
  public static var meaning: String {
    "How much the frequencies of levels and bins differ."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }

  /// Of a column of numbers, in 2...10,000.
  public var bins = 20

  public init() {}

  public init(bins: Int = 20) { self.bins = bins }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(bins: try values.decodeIfPresent(Int.self, forKey: .bins) ?? 20)
  }

  public func validate() throws(MetricError) { try require(bins, "bins", in: QuantileBins.limits) }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    let columns = try alignedColumns(real: real.train, synthetic: synthetic)
    guard bins >= 2 else { return .notApplicable(reason: "there must be at least 2 bins, not \(bins)") }
    let distances = parallelMap(columns.count) { index -> Double? in
      guard let codes = SharedCodes(columns[index], bins: bins) else { return nil }
      return Self.distance(
        SharedCodes.counts(of: codes.real, cardinality: codes.cardinality).dropLast(),
        SharedCodes.counts(of: codes.synthetic, cardinality: codes.cardinality).dropLast())
    }
    var scores = ColumnScores()
    for (column, distance) in zip(columns, distances) { scores.add(column.name, distance) }
    return scores.score(orElse: "no column has values in both tables that can be compared")
  }

  /// Of two lists of counts over the same levels; nil where one sums to 0.
  static func distance(_ a: some Collection<Int>, _ b: some Collection<Int>) -> Double? {
    let (n, m) = (Double(a.reduce(0, +)), Double(b.reduce(0, +)))
    guard n > 0, m > 0 else { return nil }
    var sum = 0.0
    for (x, y) in zip(a, b) {
      let (p, q) = (Double(x) / n, Double(y) / m)
      let middle = (p + q) / 2
      if p > 0 { sum += p * log2(p / middle) / 2 }
      if q > 0 { sum += q * log2(q / middle) / 2 }
    }
    return min(1, max(0, sum)).squareRoot()
  }
}
