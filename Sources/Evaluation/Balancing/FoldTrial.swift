import MynahClassifiers
import MynahRandomness
import MynahTables

/// What one arm came to in one fold.
struct FoldOutcome {
  /// Rows that were learned from, and how many of them are positive.
  let rows: Int
  let positives: Int
  /// By judge.
  let judged: [JudgedRows]
}

/// One fold of one arm: resample, learn, choose thresholds, judge.
struct FoldTrial {
  let trial: BalanceTrial
  let plan: TrialPlan
  let number: Int

  func outcome(of arm: TrialArm) throws -> FoldOutcome {
    let part = plan.part(number)
    let real = plan.table.gathering(part.learning)
    // Fitted to the real rows: arms differ in what is learned from, not in how a row is looked at.
    let design = try FeatureDesign(fittedTo: real, target: trial.target)
    var random = plan.random.stream(for: "resampling by \(arm.name)").stream(for: UInt64(number))
    let training = try arm.prepared(real, target: trial.target, using: &random).table
    let labels = try labels(of: training)
    let judges = plan.random.stream(for: "judges").stream(for: UInt64(number))
    let judged = try trial.judges.map { judge in
      var random = judges.stream(for: judge.rawValue)
      let classWeights =
        if case .classWeights = arm.kind { balancedWeights(labels, classCount: 2) } else { [Double]?.none }
      let form = judge == .boostedTrees ? BoostedTrees.form : LogisticRegression.form
      let model = try fitted(judge, design.matrix(of: training, as: form), labels, classWeights, &random)
      let score = { (table: Table) in
        ScoredRows(
          probabilities: try model.probabilities(try design.matrix(of: table, as: form), of: 1),
          isPositive: try self.labels(of: table).map { $0 == 1 })
      }
      let validation = try score(plan.table.gathering(part.validation))
      let judgedRows = try score(plan.test ?? plan.table.gathering(part.heldOut))
      return JudgedRows(
        judgedRows, validation: validation, trial: trial,
        bootstrap: plan.test == nil ? nil : plan.random.stream(for: "bootstrap"))
    }
    return FoldOutcome(rows: training.rowCount, positives: labels.count { $0 == 1 }, judged: judged)
  }

  private func fitted(
    _ judge: BalanceJudge, _ matrix: DesignMatrix, _ labels: [Int32], _ weights: [Double]?,
    _ random: inout RandomSource
  ) throws -> any FittedClassifier {
    switch judge {
    case .boostedTrees:
      try trial.boostedTrees.fitted(to: matrix, classes: labels, classCount: 2, weights: weights, using: &random)
    case .logisticRegression:
      try trial.logisticRegression.fitted(to: matrix, classes: labels, classCount: 2, weights: weights, using: &random)
    }
  }

  /// 1 for the positive class, 0 for the rest.
  private func labels(of table: Table) throws -> [Int32] {
    let classes = try ClassLabels(of: trial.target, in: table)
    return classes.codes.map { $0 >= 0 && classes.names[Int($0)] == plan.positiveName ? 1 : 0 }
  }
}

/// Probabilities of the positive class, and the truth.
struct ScoredRows {
  let probabilities: [Double]
  let isPositive: [Bool]
}
