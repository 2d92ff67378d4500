#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import MynahRandomness
import MynahStatistics
import MynahTables

/// The squared maximum mean discrepancy of real and synthetic rows under a Gaussian kernel:
///
///     mean k(x, x') + mean k(y, y') − 2 mean k(x, y),   k(a, b) = exp(−‖a − b‖² / s)
///
/// over all pairs, a row with itself included; s is the median squared distance between (at most 1000) real rows. In [0, 2], 0
/// is best; rows of the same source reach about 2 / rows. Numbers are measured in the real column's deviations, levels that
/// differ are 1 apart. Details: `bandwidth`, the s, and `rows.real` and `rows.synthetic`, the rows used.
///
/// Gretton, Borgwardt, Rasch, Schölkopf and Smola, "A kernel two-sample test" (2012).
public struct MaximumMeanDiscrepancy: Metric, Equatable {
  public static var identifier: String { "maximum-mean-discrepancy" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Maximum mean discrepancy" }
  public static var meaning: String {
    "How far all distances between rows differ."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...2 }

  /// Of a table with more rows, so many are drawn at random; in 2...1,000,000,000.
  public var mostRows = 5_000

  public init() {}

  public init(mostRows: Int = 5_000) { self.mostRows = mostRows }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(mostRows: try values.decodeIfPresent(Int.self, forKey: .mostRows) ?? 5_000)
  }

  /// Real rows whose distances set the bandwidth.
  private static let bandwidthRows = 1000

  public func validate() throws(MetricError) { try require(mostRows, "mostRows", in: pairedRowLimits) }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let space = try RowSpace(synthetic, against: real.train, mostRows: mostRows, using: &random)
      let bandwidth = Self.bandwidth(space.real, using: &random)
      let (x, y) = (RowDistances(space.real), RowDistances(space.synthetic))
      let value =
        Self.meanKernel(x, x, bandwidth) + Self.meanKernel(y, y, bandwidth) - 2 * Self.meanKernel(x, y, bandwidth)
      var details = space.rowCounts
      details["bandwidth"] = bandwidth
      return .value(min(2, max(0, value)), details: details)
    }
  }

  private static func meanKernel(_ a: RowDistances, _ b: RowDistances, _ bandwidth: Double) -> Double {
    let sum = a.figures(over: b) { _, squared in
      var sum = 0.0
      for distance in squared { sum += exp(-distance / bandwidth) }
      return sum
    }.reduce(0, +)
    return sum / (Double(a.count) * Double(b.count))
  }

  /// The median squared distance of two different rows; where it is 0, the mean; where that is 0, 1.
  private static func bandwidth(_ points: MixedPoints, using random: inout RandomSource) -> Double {
    let drawn = sampledRows(of: points.count, atMost: bandwidthRows, using: &random)
    let (rows, some) = (drawn.count, RowDistances(points.gathering(drawn)))
    var distances: [Double] = []
    distances.reserveCapacity(rows * (rows - 1) / 2)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: rows) { sums in
      sums.initialize(repeating: 0)
      for row in 0..<rows {
        some.squared(to: some, row, into: sums)
        distances += sums[(row + 1)...]
      }
    }
    let sorted = sortedAscending(distances)
    let middle = sorted.count / 2
    let median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    if median > 0 { return median }
    let mean = sorted.reduce(0, +) / Double(sorted.count)
    return mean > 0 ? mean : 1
  }
}
