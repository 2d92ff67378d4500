import MynahEvaluation
import MynahRandomness
import MynahTables

/// What a metric says of a synthetic table, as `metrics.json` holds it.
public struct MetricScore: Codable, Sendable, Equatable {
  /// Nil when the metric does not apply.
  public var value: Double?
  /// Figures behind it, by name.
  public var details: [String: Double]?
  /// Why there is no value.
  public var reason: String?
  /// What rows that no model made score; nil without such rows.
  public var unseen: Double?
  /// Whether more or less is better.
  public var goal: Goal

  init(_ score: Score, goal: Goal, unseen: Double? = nil) {
    self.goal = goal
    self.unseen = unseen
    switch score {
    case .value(let value, let details) where value.isFinite:
      self.value = value
      let finite = details.filter(\.value.isFinite)
      self.details = finite.isEmpty ? nil : finite
    case .value(let value, _): reason = "the score is \(value)"
    case .notApplicable(let reason): self.reason = reason
    }
  }

  /// Scores the synthetic table, and the rows held out as if they were one.
  init(of synthetic: Table, against real: RealData, by metric: any Metric, using random: RandomSource) throws {
    func score(_ table: Table, against real: RealData) throws -> Score {
      var own = random
      return try metric.score(table, against: real, using: &own)
    }
    // Rows held out are not held against themselves: a metric that needs other unseen rows has no such yardstick.
    let alone = RealData(train: real.train, holdout: nil, target: real.target)
    let unseen = try real.holdout.map { MetricScore(try score($0, against: alone), goal: metric.goal) }
    self.init(try score(synthetic, against: real), goal: metric.goal, unseen: unseen?.value)
  }
}
