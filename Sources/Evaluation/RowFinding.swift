import MynahRandomness
import MynahTables

/// A metric that can name the synthetic rows which make it worse.
public protocol RowFindingMetric: Metric {
  /// The rows, the worst first; none where there is no score.
  ///
  /// - Parameters:
  ///   - synthetic: with the columns of `real.train`, in any order.
  ///   - real: the rows to compare with.
  ///   - random: as for `score`, so that the same rows are looked at.
  /// - Throws: as `score`.
  func findings(_ synthetic: Table, against real: RealData, using random: inout RandomSource) throws -> [RowFinding]
}

/// A synthetic row that a metric objects to.
public struct RowFinding: Sendable, Equatable {
  /// Its place in the synthetic table, from 0.
  public var row: Int
  /// The training row it is about, from 0; nil where it is about none, or about several.
  public var trainRow: Int?
  /// How near the two are, in the metric's distance.
  public var distance: Double?
  /// In a few words.
  public var reason: String

  public init(row: Int, trainRow: Int? = nil, distance: Double? = nil, reason: String) {
    (self.row, self.trainRow, self.distance, self.reason) = (row, trainRow, distance, reason)
  }
}
