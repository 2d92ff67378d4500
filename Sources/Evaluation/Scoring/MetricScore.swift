/// What a metric says of a synthetic table, as `metrics.json` holds it.
public struct MetricScore: Codable, Sendable, Equatable {
  /// Nil when the metric does not apply.
  public var value: Double?
  /// Figures behind it, by name.
  public var details: [String: Double]?
  /// Why there is no value.
  public var reason: String?
  /// The ceiling: what rows that no model made score; nil without such rows.
  public var unseen: Double?
  /// The floor: what a table scores whose columns know nothing of each other; nil where that was not asked for.
  public var marginals: Double?
  /// Whether more or less is better.
  public var goal: Goal

  public init(_ score: Score, goal: Goal, unseen: Double? = nil, marginals: Double? = nil) {
    self.goal = goal
    self.unseen = unseen
    self.marginals = marginals
    switch score {
    case .value(let value, let details) where value.isFinite:
      self.value = value
      let finite = details.filter(\.value.isFinite)
      self.details = finite.isEmpty ? nil : finite
    case .value(let value, _): reason = "the score is \(value)"
    case .notApplicable(let reason): self.reason = reason
    }
  }
}
