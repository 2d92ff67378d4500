/// The library's own metrics.
public let standardMetrics: [any Metric.Type] = [
  ColumnShapes.self, ColumnPairTrends.self,
  Detection.self, Utility.self, Fairness.self,
  Coverage.self, BoundaryAdherence.self, Missingness.self, Wasserstein.self, JensenShannon.self, ThreeWay.self,
  CorrelationDifference.self,
  AlphaPrecision.self, BetaRecall.self, Authenticity.self, Density.self, NeighbourhoodCoverage.self,
  MaximumMeanDiscrepancy.self,
  Copies.self, NearCopies.self, ClosestRecord.self, NearestNeighbourRatio.self, MembershipInference.self,
  SinglingOut.self, Linkability.self, Inference.self, AttributeDisclosure.self, RareCombinations.self, KAnonymity.self,
  LDiversity.self, IdentifierReuse.self,
]
