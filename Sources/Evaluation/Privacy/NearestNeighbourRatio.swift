import MynahRandomness
import MynahStatistics
import MynahTables

/// How much nearer synthetic rows are to one training row than to the next: the median of d₁ / d₂, the distances (those of
/// `NearCopies`) to the nearest and the second nearest training row.
///
/// In [0, 1]; 1 is best: no real row stands out. A copy has 0, and a ratio well below what the holdout gives points at single
/// persons. Where both distances are 0 the ratio is 1: several real rows are alike, and none stands out.
///
/// As many training as holdout rows take part. Details: `train-5%` and, for the ratio to the two nearest rows of the holdout,
/// `holdout-median` and `holdout-5%`; `excess` is by how much the median falls short of the holdout's, not below 0.
public struct NearestNeighbourRatio: Metric, Equatable {
  public static var identifier: String { "nearest-neighbour-ratio" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "Nearest-neighbour distance ratio" }
  public static var meaning: String {
    "How much nearer synthetic rows are to one training row than to the next: near 0 points at single people."
  }
  public var goal: Goal { .maximize }
  public var bounds: ClosedRange<Double> { 0...1 }
  /// So many synthetic rows at most are looked at.
  public var sample: Int

  public init() { self.init(sample: 20_000) }

  public init(sample: Int) { self.sample = sample }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let tables = try PrivacyTables(synthetic, real, needsHoldout: true)
      let found = ClosestTwo(tables, sample: sample, k: 2, using: &random)
      guard found.realRows > 1 else {
        throw Inapplicable("two rows of the real table and of the holdout are needed, one has a single row")
      }
      let (train, holdout) = (Self.ratios(found.train), Self.ratios(found.holdout))
      let (median, unseen) = (quantile(0.5, ofSorted: train), quantile(0.5, ofSorted: holdout))
      var details = [
        "train-5%": quantile(0.05, ofSorted: train), "holdout-median": unseen,
        "holdout-5%": quantile(0.05, ofSorted: holdout), "excess": max(0, unseen - median),
        "real-rows": Double(found.realRows),
      ]
      details.addSampling("rows", train.count, of: tables.syntheticRows)
      return .value(median, details: details)
    }
  }

  /// Ascending.
  static func ratios(_ neighbors: Neighbors) -> [Double] {
    (0..<neighbors.queryCount).map { row in
      let (first, second) = (neighbors.distances[row * 2], neighbors.distances[row * 2 + 1])
      return second > 0 ? min(1, first / second) : 1
    }.sorted()
  }
}
