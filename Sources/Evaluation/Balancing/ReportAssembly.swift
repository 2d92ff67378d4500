import MynahClassifiers
import MynahTables

/// Puts the outcomes of a trial together: means, intervals, differences between arms.
struct ReportAssembly {
  let trial: BalanceTrial
  let plan: TrialPlan
  let arms: [TrialArm]
  let results: [TrialWork.ArmResult]

  /// - Throws: `ClassifierError` when the untouched table could not be learned, so that there is nothing to compare with.
  func report() throws -> BalanceReport {
    if let reason = failure(of: 0) { throw ClassifierError("the table as it is could not be learned: \(reason)") }
    let built = arms.indices.map(arm)
    let verdicts = Verdicts(mainFigure: trial.mainFigure, arms: built)
    return BalanceReport(
      setting: setting, arms: built, verdicts: verdicts.all(), summary: verdicts.summary(), privacy: privacy,
      notices: notices)
  }

  private var setting: BalanceReport.Setting {
    let test = plan.test.map { table in
      (table.rowCount, (try? ClassLabels(of: trial.target, in: table)).map { $0.count(of: plan.positiveName) } ?? 0)
    }
    return BalanceReport.Setting(
      target: trial.target, positive: plan.positiveName, rows: plan.table.rowCount,
      positives: plan.classes.count(of: plan.positiveName), testRows: test?.0, testPositives: test?.1,
      folds: trial.folds, repeats: trial.repeats, validationShare: trial.validationShare,
      mainFigure: trial.mainFigure, alertBudget: trial.alertBudget, costs: trial.costs)
  }

  private var notices: [String] {
    var notices: [String] = []
    if plan.leftOut > 0 { notices.append("\(plan.leftOut) rows without a value of '\(trial.target)' were left out") }
    for (arm, result) in zip(arms, results) {
      if case .failure(let failure) = result.privacy {
        notices.append("the privacy of \(arm.name) could not be measured: \(failure.reason)")
      }
    }
    return notices
  }

  private var privacy: [BalancePrivacy] { results.compactMap { try? $0.privacy?.get() } }

  /// Nil where the arm worked in every fold.
  private func failure(of arm: Int) -> String? {
    let reasons = results[arm].folds.compactMap { outcome in
      if case .failure(let failure) = outcome { failure.reason } else { nil }
    }
    guard let first = reasons.first else { return nil }
    return "failed in \(reasons.count) of \(plan.foldCount) folds: \(first)"
  }

  private func outcomes(of arm: Int) -> [FoldOutcome] { results[arm].folds.compactMap { try? $0.get() } }

  private func arm(_ index: Int) -> BalanceReport.Arm {
    let failure = failure(of: index)
    let outcomes = failure == nil ? outcomes(of: index) : []
    let count = Double(outcomes.count)
    return BalanceReport.Arm(
      name: arms[index].name, isMethod: arms[index].isMethod, failure: failure,
      trainingRows: outcomes.isEmpty ? nil : Double(outcomes.reduce(0) { $0 + $1.rows }) / count,
      trainingPositives: outcomes.isEmpty ? nil : Double(outcomes.reduce(0) { $0 + $1.positives }) / count,
      judges: outcomes.isEmpty ? [] : trial.judges.indices.map { judged(index, $0, outcomes) })
  }

  private func judged(_ arm: Int, _ judge: Int, _ outcomes: [FoldOutcome]) -> BalanceReport.Judged {
    // Every arm is held against the first baseline, methods against the others too.
    let references = arms.indices.filter { other in
      other != arm && (other == 0 || arms[arm].isMethod && isBaseline(arms[other])) && failure(of: other) == nil
    }
    let others = references.map { (arms[$0].name, self.outcomes(of: $0)) }
    return BalanceReport.Judged(
      judge: trial.judges[judge],
      figures: BalanceFigure.allCases.map { figure in
        let own = estimate(outcomes, judge, figure)
        return BalanceReport.FigureResult(
          figure: figure, mean: own.mean, lower: own.lower, upper: own.upper,
          differences: others.map { name, others in
            BalanceReport.Difference(arm: name, estimate: estimate(outcomes, minus: others, judge, figure))
          })
      })
  }

  private func isBaseline(_ arm: TrialArm) -> Bool { !arm.isMethod || arm.name == TrialArm.randomName }

  private func estimate(
    _ outcomes: [FoldOutcome], minus others: [FoldOutcome]? = nil, _ judge: Int, _ figure: BalanceFigure
  ) -> PairedEstimate {
    let place = figure.place
    let values = outcomes.indices.map { fold in
      outcomes[fold].judged[judge].figures[place] - (others?[fold].judged[judge].figures[place] ?? 0)
    }
    let replicates = outcomes.first?.judged[judge].replicates.count ?? 0
    let means = (0..<replicates).map { replicate in
      let sum = outcomes.indices.reduce(0) { sum, fold in
        sum + outcomes[fold].judged[judge].replicates[replicate][place]
          - (others?[fold].judged[judge].replicates[replicate][place] ?? 0)
      }
      return sum / Double(outcomes.count)
    }
    return PairedEstimate(
      values, heldOutPerTrained: 1 / (Double(trial.folds - 1) * (1 - trial.validationShare)),
      replicateMeans: means)
  }
}

extension ClassLabels {
  /// Rows of the class called `name`.
  func count(of name: String) -> Int { names.firstIndex(of: name).map { counts[$0] } ?? 0 }
}
