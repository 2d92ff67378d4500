import MynahParallelism
import MynahRandomness
import MynahTables

/// How much of what real columns hold occurs in the synthetic ones: the mean over columns of
///
/// - for levels, the share of the real column's levels that the synthetic column has too;
/// - for numbers and datetimes, how much of the real range [a, b] the synthetic range [c, d] covers,
///   max(0, 1 − max(0, c − a) / (b − a) − max(0, b − d) / (b − a)).
///
/// In [0, 1], 1 is best. Missing values are left out; a real column of one number has no range, and no part in the mean.
/// Details are named after the columns. The definitions are those of SDMetrics 0.32 (CategoryCoverage, RangeCoverage).
public struct Coverage: Metric, Equatable {
  public static var identifier: String { "coverage" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Coverage" }
  public static var meaning: String {
    "Which share of the real levels, and of the range of numbers, occurs."
  }
  public var goal: Goal { .maximize }
  public var bounds: ClosedRange<Double> { 0...1 }

  public init() {}

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    let columns = try alignedColumns(real: real.train, synthetic: synthetic)
    var scores = ColumnScores()
    for (column, share) in zip(columns, parallelMap(columns.count) { Self.share(of: columns[$0]) }) {
      scores.add(column.name, share)
    }
    return scores.score(orElse: "no column has levels or a range in both tables")
  }

  private static func share(of column: AlignedColumn) -> Double? {
    if let (real, synthetic) = column.levelCounts {
      let there = real.indices.filter { real[$0] > 0 }
      guard !there.isEmpty, synthetic.contains(where: { $0 > 0 }) else { return nil }
      return Double(there.count { synthetic[$0] > 0 }) / Double(there.count)
    }
    guard let (real, synthetic) = column.finiteNumbers, let a = real.min(), let b = real.max(),
      let c = synthetic.min(), let d = synthetic.max(), a < b
    else { return nil }
    // Halved, so that no range overflows.
    let range = b / 2 - a / 2
    guard range > 0 else { return nil }
    return max(0, 1 - max(0, c / 2 - a / 2) / range - max(0, b / 2 - d / 2) / range)
  }
}
