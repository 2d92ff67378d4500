import MynahClassifiers
import MynahRandomness
import MynahTables

/// What a synthetic table is worth as training data: models that learned from it are asked about real rows nobody has seen.
///
/// Boosted trees and a linear model (logistic or ridge regression) learn `real.target` from the synthetic rows, from
/// `real.train`, and from both together, and predict it in `real.holdout`. Levels, and whole numbers of at most 20 values, are
/// classes, everything else is a quantity. The score is what boosted trees reach that learned from synthetic rows:
///
/// - for classes the area under the receiver operating characteristic, with more than two the mean over the classes, each
///   against the rest. A class that the synthetic table lacks has probability 0 for all rows, hence an area of 0.5.
/// - for a quantity R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)², or 0 where it is below that.
///
/// In [0, 1], 1 is best; what to compare it with is the same figure of models that learned from real rows. Details:
/// `MODEL.SOURCE.FIGURE` with the model `boosted-trees`, `logistic-regression` or `ridge-regression`, the source `synthetic`,
/// `real` or `augmented`, and the figure `auc`, `f1` (mean over classes), `rmse` (in the target's unit) or `r2` (as it is,
/// also below 0); `importance-agreement`, 1 − the total variation between the shares that the columns have in the gain of trees
/// that learned from either; `absent-classes`, those of the real table that the synthetic one lacks; `rows.real`,
/// `rows.synthetic`, `rows.test`, the rows used.
///
/// There is none without a target or a holdout. Where the holdout itself is the table, one half of it is learned from and the
/// other tested on.
///
/// Esteban, Hyland and Rätsch, "Real-valued (medical) time series generation with recurrent conditional GANs" (2017).
public struct Utility: ExhibitingMetric, Equatable {
  public static var identifier: String { "utility" }
  public static var family: MetricFamily { .utility }
  public static var title: String { "Utility" }
  public static var meaning: String {
    "How well a model that learned from synthetic rows predicts real ones."
  }
  public var goal: Goal { .maximize }
  public var bounds: ClosedRange<Double> { 0...1 }

  /// Of a table with more rows, so many are drawn at random; in 2...1,000,000,000.
  public var mostRows = 20_000

  public init() {}

  public init(mostRows: Int = 20_000) { self.mostRows = mostRows }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(mostRows: try values.decodeIfPresent(Int.self, forKey: .mostRows) ?? 20_000)
  }

  public func validate() throws(MetricError) { try require(mostRows, "mostRows", in: pairedRowLimits) }

  public func exhibited(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> (score: Score, exhibits: [Exhibit]) {
    try exhibitedIfApplicable {
      let trial = try LearningTrial(synthetic, against: real, mostRows: mostRows, using: &random)
      let arms = UtilityArms(trial)
      let outcomes = try arms.outcomes(using: random)
      var details = trial.rowCounts
      for outcome in outcomes {
        for (figure, value) in outcome.figures { details["\(outcome.model).\(outcome.source).\(figure)"] = value }
      }
      if case .classes(let names) = trial.target.task {
        details["absent-classes"] = Double(names.count - Set(trial.synthetic.codes).count)
      }
      details["importance-agreement"] = Self.importanceAgreement(outcomes, trial.design)
      let figure = trial.target.task == .quantity ? "r2" : "auc"
      guard let score = details["boosted-trees.synthetic.\(figure)"] else {
        throw Inapplicable("the target '\(trial.target.name)' does not vary in the holdout")
      }
      return (.value(min(1, max(0, score)), details: details), Self.curves(outcomes, arms.rarest, trial))
    }
  }

  /// None for a quantity.
  private static func curves(_ outcomes: [UtilityOutcome], _ positive: Int32?, _ trial: LearningTrial) -> [Exhibit] {
    guard case .classes(let names) = trial.target.task, let positive, names.indices.contains(Int(positive)) else {
      return []
    }
    return Set(outcomes.map(\.model)).sorted().compactMap { model in
      let lines = outcomes.filter { $0.model == model }.compactMap { outcome in
        outcome.curve.map { CurveExhibit.Line(outcome.source.rawValue, $0) }
      }
      guard !lines.isEmpty else { return nil }
      let count = trial.test.codes.count { $0 == positive }
      return .curves(
        CurveExhibit(
          title: "Utility of \(model)",
          note:
            "How models that learned from synthetic rows, from real rows and from both find '\(names[Int(positive)])' of "
            + "'\(trial.target.name)' among unseen real rows.",
          lines: lines, prevalence: Double(count) / Double(max(1, trial.test.count))))
    }
  }

  /// 1 − ½ Σ |p − q| over the columns' shares in the gain of real and of synthetic trees; nil where one asks no column.
  private static func importanceAgreement(_ outcomes: [UtilityOutcome], _ design: FeatureDesign) -> Double? {
    func gains(_ source: UtilityOutcome.Source) -> [Double]? {
      let own = outcomes.first { $0.source == source && $0.gains != nil }?.gains
      return own.flatMap { $0.contains { $0 > 0 } ? shares(design.sums($0)).map(\.share) : nil }
    }
    guard let real = gains(.real), let synthetic = gains(.synthetic) else { return nil }
    return max(0, 1 - zip(real, synthetic).reduce(0) { $0 + abs($1.0 - $1.1) } / 2)
  }
}
