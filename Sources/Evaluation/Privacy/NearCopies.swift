import MynahRandomness
import MynahStatistics
import MynahTables

/// The share of synthetic rows that have a training row within `tolerance`: min d(synthetic row, training rows) ≤ tolerance,
/// with d the mean over columns of |difference| / (training range), at most 1, for numbers, and 0 or 1 for levels.
///
/// In [0, 1], 0 is best; copies count as near. With the default tolerance of 0.001, tables of fewer than 1,000 columns have
/// a near copy only where all levels are the same. The details hold the same share of the holdout's rows, which is chance, and
/// the excess over it: (share − chance) / (1 − chance), not below 0.
public struct NearCopies: Metric, Equatable {
  public static var identifier: String { "near-copies" }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }
  /// In 0...1.
  public var tolerance: Double
  /// Of each table, so many rows at most are looked at; they are compared with all training rows.
  public var sample: Int

  public init() { self.init(tolerance: 0.001) }

  public init(tolerance: Double, sample: Int = 20_000) {
    self.tolerance = tolerance
    self.sample = sample
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let tables = try PrivacyTables(synthetic, real)
      let space = GowerSpace(tables)
      let search = GowerNeighbors(space.train)
      let (near, looked) = share(.synthetic, tables.syntheticRows, space, search, &random)
      var details = ["near-copies": (near * Double(looked)).rounded(), "tolerance": tolerance]
      details.addSampling("rows", looked, of: tables.syntheticRows)
      if tables.holdout != nil {
        details.addChance(share(.holdout, tables.holdoutRows, space, search, &random).near, near)
      }
      return .value(near, details: details)
    }
  }

  private func share(
    _ source: GowerSpace.Source, _ count: Int, _ space: GowerSpace, _ search: GowerNeighbors,
    _ random: inout RandomSource
  ) -> (near: Double, looked: Int) {
    let rows = sampledRows(count, most: max(1, sample), using: &random)
    let found = search.neighbors(of: space.points(of: source, rows: rows), k: 1)
    // Sums of shares differ in their last bits from what they are on paper.
    let near = found.distances.reduce(0) { $0 + ($1 <= tolerance + 1e-12 ? 1 : 0) }
    return (Double(near) / Double(rows.count), rows.count)
  }
}
