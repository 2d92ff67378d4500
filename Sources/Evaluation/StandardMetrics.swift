/// The library's own metrics.
public let standardMetrics: [any Metric.Type] = [
  ColumnShapes.self, ColumnPairTrends.self,
  Detection.self, Utility.self, Fairness.self,
]
