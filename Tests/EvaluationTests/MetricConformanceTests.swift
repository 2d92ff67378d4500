import MynahEvaluation
import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

/// `checkMetric` on all metrics, and on one that breaks promises.
@Suite struct MetricConformanceTests {
  @Test func metricsConform() {
    #expect(checkMetric(ColumnShapes()) == [])
    #expect(checkMetric(ColumnPairTrends()) == [])
    #expect(checkMetric(ColumnPairTrends(correlationThreshold: 0, associationThreshold: 0)) == [])
  }

  @Test(
    arguments: [
      Coverage(), BoundaryAdherence(), Missingness(), Wasserstein(), JensenShannon(), ThreeWay(),
      ThreeWay(mostTriples: 7), CorrelationDifference(),
    ] as [any Metric])
  func columnMetricsConform(_ metric: any Metric) { #expect(checkMetric(metric) == []) }

  @Test(
    arguments: [
      AlphaPrecision(), BetaRecall(), Density(), NeighbourhoodCoverage(), NeighbourhoodCoverage(k: 1),
      MaximumMeanDiscrepancy(),
    ] as [any Metric])
  func neighbourhoodMetricsConform(_ metric: any Metric) { #expect(checkMetric(metric) == []) }

  @Test func authenticityConforms() { #expect(checkMetric(Authenticity(), rewardsCopies: false) == []) }

  @Test func learningMetricsConform() {
    #expect(checkMetric(Detection()) == [])
    #expect(checkMetric(Utility(), target: "label") == [])
    #expect(checkMetric(Utility(), target: "colour") == [])
    #expect(checkMetric(Utility(), target: "price") == [])
    #expect(checkMetric(Utility(), target: "empty") == [])
    #expect(checkMetric(Fairness()) == [])
    #expect(checkMetric(Fairness(sensitive: "colour", leastRows: 1), target: "label") == [])
  }

  /// 1 / (1 + the difference of the numbers of missing values), and its faults.
  private struct Gaps: Metric {
    enum Fault: String, CaseIterable, Codable { case none, bounds, luck, throwing, backwards, order, blind, silent }
    static let identifier = "gaps"
    var fault = Fault.none
    var goal: Goal { fault == .backwards ? .minimize : .maximize }
    var bounds: ClosedRange<Double> { fault == .bounds ? 0...0.5 : 0...1 }

    init() {}
    init(_ fault: Fault) { self.fault = fault }

    func score(_ synthetic: Table, against real: RealData, using random: inout RandomSource) throws -> Score {
      guard synthetic.rowCount > 0, real.train.rowCount > 0 else {
        if fault == .throwing { throw TableError("no rows") }
        return .notApplicable(reason: fault == .silent ? "" : "no rows")
      }
      var difference = 0
      for (described, column) in zip(real.train.schema.columns, real.train.columns) {
        guard let other = synthetic[described.name] ?? (fault == .blind ? column : nil) else {
          throw TableError("no column '\(described.name)'")
        }
        difference += abs(column.missingCount - other.missingCount)
      }
      if fault == .order { difference += synthetic.schema.columns[0].name.count }
      var score = 1 / Double(1 + difference)
      if fault == .luck {
        var system = SystemRandomNumberGenerator()
        score *= Double.random(in: 0.5...1, using: &system)
      }
      return .value(score, details: [:])
    }
  }

  @Test(arguments: Gaps.Fault.allCases) private func faultsAreFound(_ fault: Gaps.Fault) {
    let wanted: [Gaps.Fault: String] = [
      .bounds: "is not within", .luck: "give another score", .throwing: "throws 'no rows'",
      .backwards: "the real table itself 1.0", .order: "another order of the synthetic columns",
      .blind: "a table that lacks a column gets a score", .silent: "no reason in one line",
    ]
    let failures = checkMetric(Gaps(fault))
    guard let message = wanted[fault] else {
      #expect(failures == [])
      return
    }
    #expect(failures.contains { $0.message.contains(message) }, "\(failures)")
  }
}
