import MynahRandomness
import MynahTables

/// A synthetic table held against the real one, and, as yardsticks, unseen real rows and independent marginals held against
/// the same.
public struct TableEvaluation: Codable, Sendable, Equatable {
  public var rows: Int
  public var quality: QualityReport
  /// What rows that no model made score: nobody can expect a synthetic table to do better.
  public var yardstick: QualityReport?
  /// What independent marginals score: whatever has learned how columns depend on each other does better.
  public var floor: QualityReport?
  /// Scores of the metrics besides shape and trend, by name; nil where there are no others.
  public var scores: [String: MetricScore]?

  /// Judges a table by `shape`, `trend`, both, and any others.
  ///
  /// - Parameters:
  ///   - synthetic: with the columns of `real.train`.
  ///   - real: what the model was fitted to, rows that it has not seen, and the column that the data are about.
  ///   - metrics: each of another name.
  ///   - yardsticks: of the same rows, metrics and random numbers; computed unless given.
  ///   - random: the same for every metric, whatever others there are.
  ///   - willScore: called with a metric's name before it is scored.
  /// - Throws: `MetricError` for an impossible parameter; `TableError` where the tables cannot be compared; what a metric
  ///   throws.
  public init(
    of synthetic: Table, against real: RealData, metrics: [any Metric] = [ColumnShapes(), ColumnPairTrends()],
    yardsticks: Yardsticks? = nil, using random: RandomSource = RandomSource(seed: 1),
    willScore: (String) -> Void = { _ in }
  ) throws {
    self = try Self.exhibiting(
      synthetic, against: real, metrics: metrics, yardsticks: yardsticks, using: random, willScore: willScore
    ).evaluation
  }

  /// The evaluation, and what its metrics have to show, by their names.
  ///
  /// - Parameters: as of the initialiser.
  /// - Throws: as the initialiser.
  public static func exhibiting(
    _ synthetic: Table, against real: RealData, metrics: [any Metric], yardsticks: Yardsticks? = nil,
    using random: RandomSource, willScore: (String) -> Void = { _ in }
  ) throws -> (evaluation: TableEvaluation, exhibits: [String: [Exhibit]]) {
    try metrics.validate()
    // Before anything is computed, so that tables that cannot be compared are refused at once.
    let quality = try QualityReport(of: synthetic, against: real.train, by: metrics)
    let yardsticks = try yardsticks ?? Yardsticks(of: real, by: metrics, using: random, willScore: willScore)
    var scores: [String: MetricScore] = [:]
    var exhibits: [String: [Exhibit]] = [:]
    for metric in metrics where !(metric is ColumnShapes) && !(metric is ColumnPairTrends) {
      let name = type(of: metric).identifier
      willScore(name)
      var own = random
      let score: Score
      if let metric = metric as? any ExhibitingMetric {
        (score, exhibits[name]) = try metric.exhibited(synthetic, against: real, using: &own)
      } else {
        score = try metric.score(synthetic, against: real, using: &own)
      }
      scores[name] = MetricScore(
        score, goal: metric.goal, unseen: yardsticks.unseen[name], marginals: yardsticks.marginals[name])
    }
    let evaluation = TableEvaluation(
      rows: synthetic.rowCount, quality: quality, yardstick: yardsticks.unseenQuality,
      floor: yardsticks.marginalsQuality, scores: scores.isEmpty ? nil : scores)
    return (evaluation, exhibits)
  }

  private init(
    rows: Int, quality: QualityReport, yardstick: QualityReport?, floor: QualityReport?,
    scores: [String: MetricScore]?
  ) {
    self.rows = rows
    self.quality = quality
    self.yardstick = yardstick
    self.floor = floor
    self.scores = scores
  }

  /// The scores of all metrics, shape and trend among them, by name.
  public var allScores: [String: MetricScore] {
    var all = scores ?? [:]
    func add(_ name: String, _ score: Score?, _ unseen: Double?, _ marginals: Double?) {
      guard let score else { return }
      all[name] = MetricScore(score, goal: .maximize, unseen: unseen, marginals: marginals)
    }
    let (shapes, trends) = (quality.shapes, quality.trends)
    add("shape", shapes.columns.isEmpty ? nil : shapes.asScore, yardstick?.shape, floor?.shape)
    add("trend", trends.pairs.isEmpty ? nil : trends.asScore, yardstick?.trend, floor?.trend)
    return all
  }
}
