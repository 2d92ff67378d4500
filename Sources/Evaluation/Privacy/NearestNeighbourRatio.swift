import MynahRandomness
import MynahStatistics
import MynahTables

/// How much nearer synthetic rows are to one training row than to the next: the median of d₁ / d₂, the distances (those of
/// `NearCopies`) to the nearest and the second nearest training row.
///
/// In [0, 1]; 1 is best: no real row stands out. A copy has 0, and a ratio well below that of unseen rows points at single
/// persons. Where both distances are 0 the ratio is 1: several real rows are alike, and none stands out.
///
/// All training rows take part: a copy of one that did not would not show. What unseen rows have is therefore measured to the
/// same training rows, not to the holdout, which has fewer rows as a rule: `holdout-median` and `holdout-5%` are the ratios of
/// the holdout's rows. Further details: `5%`, the quantile of the synthetic rows' ratios; `excess` is by how much the median
/// falls short of the holdout's, not below 0.
///
/// Reference: Z. Zhao et al., "CTAB-GAN: effective table data synthesizing", ACML 2021.
public struct NearestNeighbourRatio: Metric, Equatable {
  public static var identifier: String { "nearest-neighbour-ratio" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "Nearest-neighbour distance ratio" }
  public static var meaning: String {
    "How much nearer synthetic rows are to one training row than to the next: near 0 points at single people."
  }
  public var goal: Goal { .maximize }
  public var bounds: ClosedRange<Double> { 0...1 }
  /// So many synthetic rows at most are looked at; in 1...1,000,000,000.
  public var sample: Int

  public init() { self.init(sample: 20_000) }

  public init(sample: Int) { self.sample = sample }

  public func validate() throws(MetricError) { try require(sample, "sample", in: rowLimits) }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let tables = try PrivacyTables(synthetic, real)
      guard tables.trainRows > 1 else {
        throw Inapplicable("two rows of the real table are needed, it has a single row")
      }
      let space = GowerSpace(tables)
      let search = GowerNeighbors(space.train)
      func ratios(_ source: GowerSpace.Source, _ count: Int) -> [Double] {
        let rows = sampledRows(count, most: max(1, sample), using: &random)
        return Self.ratios(search.neighbors(of: space.points(of: source, rows: rows), k: 2))
      }
      let found = ratios(.synthetic, tables.syntheticRows)
      let median = quantile(0.5, ofSorted: found)
      var details = ["5%": quantile(0.05, ofSorted: found)]
      if tables.holdout != nil {
        let unseen = ratios(.holdout, tables.holdoutRows)
        details["holdout-median"] = quantile(0.5, ofSorted: unseen)
        details["holdout-5%"] = quantile(0.05, ofSorted: unseen)
        details["excess"] = max(0, quantile(0.5, ofSorted: unseen) - median)
      }
      details.addSampling("rows", found.count, of: tables.syntheticRows)
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
