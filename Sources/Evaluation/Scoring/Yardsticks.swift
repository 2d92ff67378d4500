import MynahRandomness
import MynahTables

/// What gives scores a meaning: what real rows that no model made score, and what a table scores whose columns know nothing of
/// each other. They depend on the real rows only, so several synthetic tables share them.
public struct Yardsticks: Sendable {
  /// The ceiling, by metric; nobody can expect a synthetic table to do better.
  public let unseen: [String: Double]
  /// The floor, by metric.
  public let marginals: [String: Double]
  /// Shapes and trends of either.
  public let unseenQuality: QualityReport?
  public let marginalsQuality: QualityReport?

  /// The floor's table has at most so many rows.
  private static let mostRows = 50_000

  /// - Parameters:
  ///   - real: without a holdout there is no ceiling.
  ///   - metrics: each of another name.
  ///   - random: that of the evaluation.
  ///   - willScore: called with a metric's name before it is scored.
  /// - Throws: `MetricError` for an impossible parameter; what a metric throws.
  public init(
    of real: RealData, by metrics: [any Metric], using random: RandomSource, willScore: (String) -> Void = { _ in }
  ) throws {
    try metrics.validate()
    var draws = random.stream(for: Self.stream)
    let rows = min(Self.mostRows, real.train.rowCount)
    let floor = try real.train.independentMarginals(rows: rows, using: &draws)
    // The holdout is split for metrics that hold rows against unseen ones: it cannot be both.
    let halves = real.holdout.map { holdout in
      let order = draws.permutation(holdout.rowCount)
      let middle = (holdout.rowCount + 1) / 2
      return (holdout.gathering(order[..<middle].sorted()), holdout.gathering(order[middle...].sorted()))
    }
    var (ceilings, floors): ([String: Double], [String: Double]) = ([:], [:])
    for metric in metrics where !(metric is ColumnShapes) && !(metric is ColumnPairTrends) {
      let name = type(of: metric).identifier
      willScore(name)
      func value(_ table: Table, holdout: Table?) throws -> Double? {
        var own = random
        let data = RealData(train: real.train, holdout: holdout, target: real.target)
        return MetricScore(try metric.score(table, against: data, using: &own), goal: metric.goal).value
      }
      floors[name] = try value(floor, holdout: real.holdout)
      guard let holdout = real.holdout, let halves else { continue }
      if let alone = try value(holdout, holdout: nil) {
        ceilings[name] = alone
      } else {
        ceilings[name] = try value(halves.0, holdout: halves.1)
      }
    }
    (unseen, marginals) = (ceilings, floors)
    unseenQuality = try real.holdout.map { try QualityReport(of: $0, against: real.train, by: metrics) }
    marginalsQuality = try QualityReport(of: floor, against: real.train, by: metrics)
  }

  private static let stream: UInt64 = 0x7961_7264
}

extension QualityReport {
  /// Shapes and trends as far as the metrics ask for them.
  init(of table: Table, against real: Table, by metrics: [any Metric]) throws(TableError) {
    let shapes = metrics.lazy.compactMap { $0 as? ColumnShapes }.first
    let trends = metrics.lazy.compactMap { $0 as? ColumnPairTrends }.first
    self.init(
      shapes: try shapes?.report(table, against: real) ?? ColumnShapesReport(columns: []),
      trends: try trends?.report(table, against: real) ?? ColumnPairTrendsReport(pairs: []))
  }
}
