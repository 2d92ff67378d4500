/// What a metric found, as a card has it.
public struct CardMeasurement: Codable, Sendable, Equatable {
  public var family: MetricFamily
  public var goal: Goal
  public var value: Double?
  /// Why there is no value.
  public var reason: String?
  /// The 95 % interval, where the metric has one.
  public var low: Double?
  public var high: Double?
  /// What unseen real rows score.
  public var unseen: Double?

  public init(_ score: MetricScore, family: MetricFamily) {
    self.family = family
    goal = score.goal
    value = score.value
    reason = score.reason
    unseen = score.unseen
    let interval = score.interval
    (low, high) = (interval?.low, interval?.high)
  }
}

extension MetricScore {
  /// The 95 % interval of the value, where the metric's details hold one: of the share, of the risk, or of the area that gives
  /// the value.
  public var interval: (low: Double, high: Double)? {
    guard let value, let details else { return nil }
    for name in ["share", "risk"] {
      if let low = details["\(name)-low"], let high = details["\(name)-high"], low <= value, value <= high {
        return (low, high)
      }
    }
    for (name, area) in details where name.hasSuffix("-area") && area == value {
      if let low = details["\(name)-low"], let high = details["\(name)-high"] { return (low, high) }
    }
    return nil
  }
}
