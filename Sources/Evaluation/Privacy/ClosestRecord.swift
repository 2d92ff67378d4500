import MynahRandomness
import MynahStatistics
import MynahTables

/// The share of synthetic rows that are nearer to a training row than to any row of the holdout, by the distance of
/// `NearCopies`; a tie counts half. Of the larger of the two tables, only as many rows as the other has take part.
///
/// In [0, 1]. A model that has copied nobody scores 1/2; 1 is worst. (SDMetrics' `DCROverfittingProtection` is
/// min(2 (1 − share), 1), with every tie counted for the holdout, and ranges of each table by itself.)
///
/// Synthetic rows whose nearest real row is the same are one observation, not many: with n_c rows at real row c and
/// s_c = ±1 for its table,
///
///     z = Σ n_c s_c / √(Σ n_c²),   p-value = P(Z ≥ z),   independent rows = (Σ n_c)² / Σ n_c²,
///
/// since under the hypothesis that nothing was learned by heart each s_c is a coin's. The 95 % interval is Wilson's for so
/// many independent rows.
///
/// Details: `share-low`, `share-high`, `p-value`, `independent-rows`, `ties`, and the median and the 5 % quantile of the
/// distance to either table.
public struct ClosestRecord: RowFindingMetric, ExhibitingMetric, Equatable {
  public static var identifier: String { "closest-record" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "Distance to closest record" }
  public static var meaning: String {
    "Which share of the synthetic rows is nearer to a training row than to an unseen one: ½ is chance."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }
  /// So many synthetic rows at most are looked at, in 1...1,000,000,000; the real ones all are, up to the equal number of both
  /// tables.
  public var sample: Int

  public init() { self.init(sample: 20_000) }

  public init(sample: Int) { self.sample = sample }

  public func validate() throws(MetricError) { try require(sample, "sample", in: rowLimits) }

  public func exhibited(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> (score: Score, exhibits: [Exhibit]) {
    try exhibitedIfApplicable {
      let tables = try PrivacyTables(synthetic, real, needsHoldout: true)
      let found = ClosestTwo(tables, sample: sample, k: 1, using: &random)
      let comparison = Comparison(found.train, found.holdout)
      var details = [
        "share-low": comparison.interval?.low ?? 0, "share-high": comparison.interval?.high ?? 1,
        "p-value": comparison.pValue, "independent-rows": comparison.independentRows, "ties": Double(comparison.ties),
        "real-rows": Double(found.realRows),
      ]
      details.addSampling("rows", found.train.queryCount, of: tables.syntheticRows)
      var series: [DistanceExhibit.Series] = []
      for (name, title, neighbors) in [
        ("train", "to the training table", found.train), ("holdout", "to unseen rows", found.holdout),
      ] {
        let sorted = neighbors.distances.sorted()
        series.append(DistanceExhibit.Series(name: title, distances: sorted))
        details["\(name)-median"] = quantile(0.5, ofSorted: sorted)
        details["\(name)-5%"] = quantile(0.05, ofSorted: sorted)
      }
      let distances = DistanceExhibit(
        title: "Distance to closest record",
        note:
          "How far each synthetic row is from the nearest training row and from the nearest unseen row, among equally many "
          + "of either. Where nothing was learned by heart the two lie one over the other.",
        series: series)
      return (.value(comparison.share, details: details), [.distances(distances)])
    }
  }

  /// The rows that were looked at and are nearer to a training row, the nearest first.
  public func findings(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> [RowFinding] {
    try findingsIfApplicable {
      let tables = try PrivacyTables(synthetic, real, needsHoldout: true)
      let found = ClosestTwo(tables, sample: sample, k: 1, using: &random)
      let (train, holdout) = (found.train.distances, found.holdout.distances)
      let nearer = train.indices.filter { train[$0] - holdout[$0] < -Comparison.tolerance }
      return nearer.sorted { (train[$0], $0) < (train[$1], $1) }.map { place in
        RowFinding(
          row: tables.place(ofSynthetic: found.syntheticRows[place]),
          trainRow: found.trainRows[Int(found.train.indices[place])],
          distance: train[place], reason: "is nearer to a training row than to any unseen one")
      }
    }
  }

  /// Which of two tables each row is nearer to, and what that proves.
  struct Comparison {
    let share: Double
    let ties: Int
    let independentRows: Double
    let pValue: Double
    /// nil where all is tied.
    let interval: WilsonInterval?

    /// Distances that are equal on paper differ in their last bits.
    static let tolerance = 1e-9

    /// - Parameters: the nearest row of either table, for the same rows.
    init(_ train: Neighbors, _ holdout: Neighbors) {
      let tolerance = Self.tolerance
      var atTrain: [Int32: Double] = [:]
      var atHoldout: [Int32: Double] = [:]
      var ties = 0
      for row in 0..<train.queryCount {
        let difference = train.distances[row] - holdout.distances[row]
        if difference < -tolerance {
          atTrain[train.indices[row], default: 0] += 1
        } else if difference > tolerance {
          atHoldout[holdout.indices[row], default: 0] += 1
        } else {
          ties += 1
        }
      }
      let comparison = ClusteredComparison(train: atTrain.values, others: atHoldout.values)
      self.ties = ties
      share = (comparison.wins + Double(ties) / 2) / Double(train.queryCount)
      independentRows = comparison.independent
      pValue = comparison.pValue
      interval = comparison.isEmpty ? nil : WilsonInterval(successes: share * independentRows, of: independentRows)
    }
  }
}

/// The nearest real rows of synthetic ones, among equally many training and holdout rows. There must be a holdout.
struct ClosestTwo {
  let train: Neighbors
  let holdout: Neighbors
  /// Of either table.
  let realRows: Int
  /// Which rows were looked at: the queries, and those that `train` has found.
  let syntheticRows: [Int]
  let trainRows: [Int]

  init(_ tables: PrivacyTables, sample: Int, k: Int, using random: inout RandomSource) {
    let space = GowerSpace(tables)
    let count = min(tables.trainRows, tables.holdoutRows)
    let rows = sampledRows(tables.syntheticRows, most: max(1, sample), using: &random)
    let queries = space.points(of: .synthetic, rows: rows)
    let some = sampledRows(tables.trainRows, most: count, using: &random)
    let others = sampledRows(tables.holdoutRows, most: count, using: &random)
    train = GowerNeighbors(space.points(of: .train, rows: some)).neighbors(of: queries, k: k)
    holdout = GowerNeighbors(space.points(of: .holdout, rows: others)).neighbors(of: queries, k: k)
    (realRows, syntheticRows, trainRows) = (count, rows, some)
  }
}
