import MynahClassifiers
import MynahRandomness

/// The figures of one fitted classifier on the rows that judge it.
struct JudgedRows {
  /// In the order of `BalanceFigure.allCases`.
  let figures: [Double]
  /// The same on redrawn test rows, by replicate; empty without a test table.
  let replicates: [[Double]]

  init(_ rows: ScoredRows, validation: ScoredRows, trial: BalanceTrial, bootstrap: RandomSource?) {
    let onValidation = RankedScores(scores: validation.probabilities, isPositive: validation.isPositive).curve()
    let judgement = Judgement(
      ranked: RankedScores(scores: rows.probabilities, isPositive: rows.isPositive),
      calibration: Calibration(probabilities: rows.probabilities, isPositive: rows.isPositive),
      budget: trial.alertBudget.rows(of: rows.isPositive.count), costs: trial.costs,
      f1Threshold: onValidation.bestF1().threshold, costThreshold: onValidation.leastCost(trial.costs).threshold)
    figures = judgement.figures()
    guard let bootstrap else {
      replicates = []
      return
    }
    let draws = StratifiedBootstrap(rows.isPositive)
    replicates = (0..<trial.bootstrapReplicates).map { replicate in
      // The same rows for every arm and fold, so that their differences are those of pairs.
      var random = bootstrap.stream(for: UInt64(replicate))
      return judgement.figures(weights: draws.weights(using: &random))
    }
  }
}

/// Scored rows and what is needed to judge them.
private struct Judgement {
  let ranked: RankedScores
  let calibration: Calibration
  let budget: Double
  let costs: CostMatrix
  let f1Threshold: Double
  let costThreshold: Double

  func figures(weights: [Double]? = nil) -> [Double] {
    let curve = ranked.curve(weights: weights)
    return BalanceFigure.allCases.map { figure in
      switch figure {
      case .prAUC: curve.averagePrecision
      case .rocAUC: curve.rocAUC
      case .recallAtOnePerMille: curve.recall(atFalsePositiveRate: 0.001)
      case .recallAtOnePercent: curve.recall(atFalsePositiveRate: 0.01)
      case .precisionAtBudget: curve.precision(atBudget: budget)
      case .f1: curve.f1(at: f1Threshold)
      case .brier: calibration.brierScore(weights: weights)
      case .calibrationError: calibration.expectedError(weights: weights)
      case .costPerThousand: 1000 * curve.cost(costs, at: costThreshold)
      }
    }
  }
}

/// Draws of rows with replacement, positives and others each among themselves, so that every draw has as many of both.
struct StratifiedBootstrap {
  private let positives: [Int32]
  private let others: [Int32]

  init(_ isPositive: [Bool]) {
    positives = isPositive.indices.filter { isPositive[$0] }.map { Int32($0) }
    others = isPositive.indices.filter { !isPositive[$0] }.map { Int32($0) }
  }

  /// How often each row was drawn.
  func weights(using random: inout RandomSource) -> [Double] {
    var weights = Array(repeating: 0.0, count: positives.count + others.count)
    for rows in [positives, others] {
      for _ in rows { weights[Int(rows[random.index(below: rows.count)])] += 1 }
    }
    return weights
  }
}
