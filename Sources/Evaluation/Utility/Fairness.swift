import MynahClassifiers
import MynahRandomness
import MynahTables

/// Whether learning from the synthetic rows makes a model treat groups of people more unequally than learning from the real
/// rows does.
///
/// Boosted trees learn `real.target`, a column of classes, from either and predict it in `real.holdout`; groups are the levels
/// of the column `sensitive` there. With the share of a group's rows that are called positive, and the shares of its
/// positive and of its negative rows that are (TPR, FPR), the differences between groups are
///
///     demographic parity:  max share − min share
///     equalised odds:      max(max TPR − min TPR, max FPR − min FPR)
///
/// and the score is by how much the second grows: max(0, synthetic − real). In [0, 1], 0 is best. Details:
/// `SOURCE.demographic-parity`, `SOURCE.equalised-odds`, `SOURCE.auc.GROUP` (the positive class against the rest, in that
/// group) and `SOURCE.positive.GROUP` with the source `synthetic` or `real`, and `rows.GROUP`.
///
/// Groups of fewer than `leastRows` test rows are left out, since their shares are chance; a group without positives, or
/// without negatives, has no such share.
///
/// Hardt, Price and Srebro, "Equality of opportunity in supervised learning" (2016).
public struct Fairness: Metric, Equatable {
  public static var identifier: String { "fairness" }
  public static var family: MetricFamily { .utility }
  public static var title: String { "Fairness" }
  public static var meaning: String {
    "How much more unequally a model that learned from synthetic rows treats groups of people."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }

  /// The column whose levels are the groups: categories, or whole numbers of at most 20 values.
  public var sensitive: String?
  /// The class of the target that is the favourable (or harmful) answer; the rarest in `real.train` unless given.
  public var positive: String?
  /// The fewest test rows of a group that counts; in 1...1,000,000,000.
  public var leastRows = 30
  /// Of a table with more rows, so many are drawn at random; in 2...1,000,000,000.
  public var mostRows = 20_000

  public init() {}

  public init(sensitive: String?, positive: String? = nil, leastRows: Int = 30, mostRows: Int = 20_000) {
    (self.sensitive, self.positive, self.leastRows, self.mostRows) = (sensitive, positive, leastRows, mostRows)
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      sensitive: try values.decodeIfPresent(String.self, forKey: .sensitive),
      positive: try values.decodeIfPresent(String.self, forKey: .positive),
      leastRows: try values.decodeIfPresent(Int.self, forKey: .leastRows) ?? 30,
      mostRows: try values.decodeIfPresent(Int.self, forKey: .mostRows) ?? 20_000)
  }

  public func validate() throws(MetricError) {
    try require(leastRows, "leastRows", in: rowLimits)
    try require(mostRows, "mostRows", in: pairedRowLimits)
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      // First of all, so that a table that lacks columns is refused whatever the parameters.
      _ = try alignedColumns(real: real.train, synthetic: synthetic)
      guard let sensitive else { throw Inapplicable("no sensitive column is named") }
      let trial = try LearningTrial(synthetic, against: real, mostRows: mostRows, using: &random)
      let positive = try code(of: positive, trial)
      let groups = try SensitiveGroups(sensitive, in: trial.testTable, leastRows: leastRows)
      var details: [String: Double] = [:]
      for (name, rows) in groups.rows { details["rows.\(name)"] = Double(rows.count) }
      // A group may be called "real", too.
      details.merge(trial.rowCounts) { _, own in own }
      var odds: [Double] = []
      for (source, rows) in [("synthetic", trial.synthetic), ("real", trial.real)] {
        var own = random.stream(for: 1)
        let found = try groups.treatment(trial, learning: rows, positive: positive, using: &own)
        for (name, value) in found.details { details["\(source).\(name)"] = value }
        odds.append(found.equalisedOdds)
      }
      return .value(max(0, odds[0] - odds[1]), details: details)
    }
  }

  private func code(of positive: String?, _ trial: LearningTrial) throws(Inapplicable) -> Int {
    guard case .classes(let names) = trial.target.task else {
      throw Inapplicable("the target '\(trial.target.name)' is a quantity; fairness is about classes")
    }
    guard let positive else {
      let counts = trial.real.codes.reduce(into: Array(repeating: 0, count: names.count)) { $0[Int($1)] += 1 }
      return names.indices.min { counts[$0] < counts[$1] } ?? 0
    }
    guard let code = names.firstIndex(of: positive) else {
      throw Inapplicable("the target '\(trial.target.name)' has no class '\(positive)' in the real table")
    }
    return code
  }
}
