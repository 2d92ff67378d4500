import MynahParallelism
import MynahRandomness
import MynahTables

/// The share of synthetic numbers and datetimes that lie within the real column's least and greatest value: the mean over
/// columns of numbers.
///
/// In [0, 1], 1 is best. A missing value counts as outside where the real column has none, and is left out where it has.
/// Details are named after the columns. The definition is that of SDMetrics 0.32 (BoundaryAdherence).
public struct BoundaryAdherence: RowFindingMetric, Equatable {
  public static var identifier: String { "boundary-adherence" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Boundary adherence" }
  public static var meaning: String {
    "Which share of the numbers lies within the real extremes."
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
    return scores.score(orElse: "no column has numbers in both tables")
  }

  /// Every row with a number outside.
  public func findings(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> [RowFinding] {
    var outside: [Int: [String]] = [:]
    for column in try alignedColumns(real: real.train, synthetic: synthetic) {
      guard let (range, _, numbers) = Self.numbers(of: column) else { continue }
      for (row, number) in numbers.enumerated() where !number.isNaN && !range.contains(number) {
        outside[row, default: []].append(column.name)
      }
    }
    return outside.sorted { $0.key < $1.key }.map { row, names in
      RowFinding(row: row, reason: "beyond the real extremes of " + names.joined(separator: ", "))
    }
  }

  private static func numbers(
    of column: AlignedColumn
  ) -> (range: ClosedRange<Double>, isGapped: Bool, synthetic: [Double])? {
    guard column.mismatch == nil, let real = column.real.numbersWithGaps(),
      let synthetic = column.synthetic.numbersWithGaps()
    else { return nil }
    let present = real.filter { !$0.isNaN }
    guard let low = present.min(), let high = present.max() else { return nil }
    return (low...high, present.count < real.count, synthetic)
  }

  private static func share(of column: AlignedColumn) -> Double? {
    guard let (range, isGapped, synthetic) = numbers(of: column) else { return nil }
    let counted = isGapped ? synthetic.count { !$0.isNaN } : synthetic.count
    guard counted > 0 else { return nil }
    return Double(synthetic.count { range.contains($0) }) / Double(counted)
  }
}
