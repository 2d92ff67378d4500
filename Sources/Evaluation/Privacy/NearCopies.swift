import MynahRandomness
import MynahStatistics
import MynahTables

/// The share of synthetic rows that have a training row within `tolerance`: min d(synthetic row, training rows) ≤ tolerance,
/// with d the mean over columns of |difference| / (training range), at most 1, for numbers, and 0 or 1 for levels.
///
/// In [0, 1], 0 is best; copies count as near. With the default tolerance of 0.001, tables of fewer than 1,000 columns have
/// a near copy only where all levels are the same. The details hold the same share of the holdout's rows, which is chance, and
/// the excess over it: (share − chance) / (1 − chance), not below 0.
///
/// Reference for d: J. C. Gower, "A general coefficient of similarity and some of its properties", Biometrics 27, 1971.
public struct NearCopies: RowFindingMetric, ExhibitingMetric, Equatable {
  public static var identifier: String { "near-copies" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "Near copies" }
  public static var meaning: String {
    "Which share of the synthetic rows all but repeats a training row."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }
  /// In 0...1.
  public var tolerance: Double
  /// Of each table, so many rows at most are looked at, in 1...1,000,000,000; they are compared with all training rows.
  public var sample: Int

  public init() { self.init(tolerance: 0.001) }

  public init(tolerance: Double, sample: Int = 20_000) {
    self.tolerance = tolerance
    self.sample = sample
  }

  public func validate() throws(MetricError) {
    try requireShare(tolerance, "tolerance")
    try require(sample, "sample", in: rowLimits)
  }

  public func exhibited(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> (score: Score, exhibits: [Exhibit]) {
    try exhibitedIfApplicable {
      let tables = try PrivacyTables(synthetic, real)
      let space = GowerSpace(tables)
      let search = GowerNeighbors(space.train)
      let found = nearest(.synthetic, tables.syntheticRows, space, search, &random)
      let (near, looked) = (share(found), found.count)
      var details = ["near-copies": (near * Double(looked)).rounded(), "tolerance": tolerance]
      details.addSampling("rows", looked, of: tables.syntheticRows)
      if looked < tables.syntheticRows { details.addSamplingError(standardError(ofShare: near, rows: looked)) }
      if tables.holdout != nil {
        details.addChance(share(nearest(.holdout, tables.holdoutRows, space, search, &random)), near)
      }
      return (.value(near, details: details), [.pairs(Self.closest(found))])
    }
  }

  /// Every near copy that was looked at, the nearest first.
  public func findings(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> [RowFinding] {
    try findingsIfApplicable {
      let tables = try PrivacyTables(synthetic, real)
      let space = GowerSpace(tables)
      let found = nearest(.synthetic, tables.syntheticRows, space, GowerNeighbors(space.train), &random)
      return found.filter(isNear).sorted { ($0.distance, $0.synthetic) < ($1.distance, $1.synthetic) }.map { pair in
        RowFinding(
          row: pair.synthetic, trainRow: pair.train, distance: pair.distance,
          reason: pair.distance < Self.roundOff ? "is a training row" : "all but repeats a training row")
      }
    }
  }

  /// Pairs shown in reports.
  private static let shown = 30

  /// The nearest pairs, of equal ones the first; each training row once, so that a reader sees different people.
  private static func closest(_ pairs: [RowPair]) -> [RowPair] {
    var seen: Set<Int> = []
    var kept: [RowPair] = []
    for pair in pairs.sorted(by: { ($0.distance, $0.synthetic) < ($1.distance, $1.synthetic) })
    where kept.count < shown && seen.insert(pair.train).inserted { kept.append(pair) }
    return kept
  }

  // Sums of shares differ in their last bits from what they are on paper.
  private static let roundOff = 1e-12

  private func isNear(_ pair: RowPair) -> Bool { pair.distance <= max(0, tolerance) + Self.roundOff }

  private func share(_ pairs: [RowPair]) -> Double { Double(pairs.count(where: isNear)) / Double(pairs.count) }

  private func nearest(
    _ source: GowerSpace.Source, _ count: Int, _ space: GowerSpace, _ search: GowerNeighbors,
    _ random: inout RandomSource
  ) -> [RowPair] {
    let rows = sampledRows(count, most: max(1, sample), using: &random)
    let found = search.neighbors(of: space.points(of: source, rows: rows), k: 1)
    return rows.enumerated().map { place, row in
      RowPair(synthetic: row, train: Int(found.indices[place]), distance: found.distances[place])
    }
  }
}
