import MynahClassifiers
import MynahRandomness
import MynahTables

/// How well a classifier tells synthetic rows from real ones: the classifier two-sample test.
///
/// Rows of `real.train` and of the synthetic table are mixed and cut into folds. Boosted trees and logistic regression learn
/// from all folds but one which row is synthetic, and are asked of the rows of that one. The score is the larger of their two
/// areas under the receiver operating characteristic (means over the folds), 0.5 where both are worse than chance:
///
///     max(½, AUC of boosted trees, AUC of logistic regression)
///
/// In [0.5, 1]; 0.5, a coin's answer, is best. Details: `boosted-trees.auc` and `logistic-regression.auc` as they are (also
/// below 0.5) with their standard deviations over the folds (`….deviation`), `gain.COLUMN`, the column's share of what the
/// trees gained, which tells the columns that give the table away, and `rows.real` and `rows.synthetic`, the rows that were
/// used.
///
/// Lopez-Paz and Oquab, "Revisiting classifier two-sample tests" (2017).
public struct Detection: Metric, Equatable {
  public static var identifier: String { "detection" }
  public static var family: MetricFamily { .detection }
  public static var title: String { "Detection" }
  public static var meaning: String {
    "How well a classifier tells synthetic rows from real ones: ½ is not at all."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0.5...1 }

  /// In 2...100.
  public var folds = 5
  /// Of a table with more rows, so many are drawn at random; at least two of every fold, at most 1,000,000,000.
  public var mostRows = 20_000

  private static let foldLimits = 2...100

  public init() {}

  public init(folds: Int = 5, mostRows: Int = 20_000) { (self.folds, self.mostRows) = (folds, mostRows) }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      folds: try values.decodeIfPresent(Int.self, forKey: .folds) ?? 5,
      mostRows: try values.decodeIfPresent(Int.self, forKey: .mostRows) ?? 20_000)
  }

  public func validate() throws(MetricError) {
    try require(folds, "folds", in: Self.foldLimits)
    try require(mostRows, "mostRows", in: 2 * folds...rowLimits.upperBound)
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    let tables = try ComparableTables(real: real.train, synthetic: synthetic)
    return try scoreIfApplicable {
      guard folds >= 2 else { throw Inapplicable("there must be at least 2 folds, not \(folds)") }
      let folds = folds.within(Self.foldLimits)
      let mixed = try MixedRows(tables, folds: folds, mostRows: mostRows, using: &random)
      let trees = try mixed.tested(by: BoostedTrees.judge, using: random)
      let logistic = try mixed.tested(by: LogisticRegression(), using: random)
      var details = trees.details("boosted-trees").merging(logistic.details("logistic-regression")) { first, _ in first
      }
      for (column, share) in shares(mixed.design.sums(trees.gains)) { details["gain.\(column)"] = share }
      let made = mixed.isSynthetic.count - mixed.realCount
      details.addSampling("rows.real", mixed.realCount, of: real.train.rowCount)
      details.addSampling("rows.synthetic", made, of: synthetic.rowCount)
      if mixed.realCount < real.train.rowCount || made < synthetic.rowCount {
        let worst = trees.mean >= logistic.mean ? trees : logistic
        details.addSamplingError(worst.deviation / Double(folds).squareRoot())
      }
      return .value(min(1, max(0.5, trees.mean, logistic.mean)), details: details)
    }
  }
}
