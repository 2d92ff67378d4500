/// What a metric is about: the part of a report it stands in.
public enum MetricFamily: String, Codable, Sendable, CaseIterable {
  /// Whether the synthetic table looks like the real one.
  case fidelity
  /// Whether a classifier tells the rows apart.
  case detection
  /// Whether what is learned from synthetic rows holds of real ones.
  case utility
  /// Whether the synthetic table gives anybody away.
  case privacy
  /// What a program's own metrics are about unless they say so.
  case other
}

extension Metric {
  public static var family: MetricFamily { .other }
  public static var title: String { identifier }
  public static var meaning: String { "" }
}
