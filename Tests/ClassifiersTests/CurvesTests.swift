import MynahClassifiers
import Testing

/// Against scikit-learn, whose scores of one and two digits have many ties.
@Suite struct CurvesTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      let labels: [Int]
      let scores: [Double]
      let weights: [Double]?
      let rocAUC: Double
      let averagePrecision: Double
      let recallAtOnePerMille: Double
      let recallAtOnePercent: Double
      let recallAtTenPercent: Double
      let brier: Double
      let bestF1: Double
      let bestF1Threshold: Double
      let leastCost: Double
      let leastCostThreshold: Double?
      let binRows: [Double]
      let binMeans: [Double]
      let binShares: [Double]
      let calibrationError: Double

      var isPositive: [Bool] { labels.map { $0 == 1 } }
    }

    let cases: [Case]
  }

  @Test func areasRecallsAndBrierScoresAreScikitLearns() throws {
    for expected in try golden("curves.json", as: Golden.self).cases {
      let curve = RankedScores(scores: expected.scores, isPositive: expected.isPositive).curve(
        weights: expected.weights)
      #expect(abs(curve.rocAUC - expected.rocAUC) < 1e-12)
      #expect(abs(curve.averagePrecision - expected.averagePrecision) < 1e-12)
      #expect(abs(curve.recall(atFalsePositiveRate: 0.001) - expected.recallAtOnePerMille) < 1e-12)
      #expect(abs(curve.recall(atFalsePositiveRate: 0.01) - expected.recallAtOnePercent) < 1e-12)
      #expect(abs(curve.recall(atFalsePositiveRate: 0.1) - expected.recallAtTenPercent) < 1e-12)
      let calibration = Calibration(probabilities: expected.scores, isPositive: expected.isPositive)
      #expect(abs(calibration.brierScore(weights: expected.weights) - expected.brier) < 1e-12)
    }
  }

  @Test func thresholdsAreScikitLearns() throws {
    for expected in try golden("curves.json", as: Golden.self).cases {
      let curve = RankedScores(scores: expected.scores, isPositive: expected.isPositive).curve()
      let best = curve.bestF1()
      #expect(abs(best.f1 - expected.bestF1) < 1e-12)
      #expect(best.threshold == expected.bestF1Threshold)
      #expect(curve.f1(at: best.threshold) == best.f1)
      let costs = CostMatrix(falsePositive: 1, falseNegative: 7)
      let cheapest = curve.leastCost(costs)
      #expect(abs(cheapest.cost - expected.leastCost) < 1e-12)
      #expect(cheapest.threshold == expected.leastCostThreshold ?? .infinity)
      #expect(curve.cost(costs, at: cheapest.threshold) == cheapest.cost)
    }
  }

  @Test func reliabilityTableIsScikitLearns() throws {
    for expected in try golden("curves.json", as: Golden.self).cases {
      let calibration = Calibration(probabilities: expected.scores, isPositive: expected.isPositive)
      let table = calibration.table()
      #expect(table.map(\.rows) == expected.binRows)
      for (bin, (mean, share)) in zip(table, zip(expected.binMeans, expected.binShares)) {
        #expect(abs(bin.meanProbability - mean) < 1e-12)
        #expect(abs(bin.positiveShare - share) < 1e-12)
      }
      #expect(abs(calibration.expectedError() - expected.calibrationError) < 1e-12)
    }
  }

  /// Weights are repetitions: what a bootstrap relies on.
  @Test func weightsAreRepetitions() {
    let scores = [0.9, 0.8, 0.8, 0.4, 0.4, 0.1]
    let isPositive = [true, false, true, true, false, false]
    let weights = [2.0, 1, 3, 0, 2, 1]
    let rows = weights.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
    let weighed = RankedScores(scores: scores, isPositive: isPositive).curve(weights: weights)
    let repeated = RankedScores(scores: rows.map { scores[$0] }, isPositive: rows.map { isPositive[$0] }).curve()
    #expect(weighed.rocAUC == repeated.rocAUC)
    #expect(weighed.averagePrecision == repeated.averagePrecision)
    #expect(weighed.precision(atBudget: 4) == repeated.precision(atBudget: 4))
    #expect(weighed.recall(atFalsePositiveRate: 0.3) == repeated.recall(atFalsePositiveRate: 0.3))
  }

  @Test func budgetsEndAmongTiesByExpectation() {
    // One certain hit; then three rows of one score, one of them a hit.
    let curve = RankedScores(scores: [0.9, 0.5, 0.5, 0.5, 0.1], isPositive: [true, true, false, false, true]).curve()
    #expect(curve.precision(atBudget: 1) == 1)
    #expect(abs(curve.precision(atBudget: 2) - (1 + 1.0 / 3) / 2) < 1e-15)
    #expect(curve.precision(atBudget: 4) == 0.5)
    #expect(curve.precision(atBudget: 100) == 0.6)
  }

  /// A threshold catches all rows of a score: here none without too many negatives.
  @Test func tiedScoresCannotBeSplit() {
    let curve = RankedScores(scores: [0.5, 0.5, 0.5, 0.2], isPositive: [true, false, false, true]).curve()
    #expect(curve.recall(atFalsePositiveRate: 0.5) == 0)
    #expect(curve.recall(atFalsePositiveRate: 1) == 1)
    #expect(curve.rocAUC == 0.25)
  }

  @Test func alertingNobodyCanBeCheapest() {
    let curve = RankedScores(scores: [0.9, 0.8, 0.1], isPositive: [false, false, true]).curve()
    let cheapest = curve.leastCost(CostMatrix(falsePositive: 5, falseNegative: 1))
    #expect(cheapest.threshold == .infinity)
    #expect(abs(cheapest.cost - 1.0 / 3) < 1e-15)
    #expect(curve.caught(at: .infinity) == (0, 0))
  }
}
