import MynahTables

extension BalanceTrial {
  func checkSettings(_ methods: [Method]) throws(TableError) {
    guard folds >= 2 else { throw TableError("folds must be at least 2, not \(folds)") }
    guard repeats >= 1 else { throw TableError("repeats must be at least 1, not \(repeats)") }
    guard validationShare > 0, validationShare <= 0.5 else {
      throw TableError("the validation share must be above 0 and at most 0.5, not \(validationShare)")
    }
    guard bootstrapReplicates >= 2 else {
      throw TableError("bootstrap replicates must be at least 2, not \(bootstrapReplicates)")
    }
    guard !judges.isEmpty, Set(judges).count == judges.count else {
      throw TableError("judges must be one or both of boosted-trees and logistic-regression, each once")
    }
    switch alertBudget {
    case .share(let share) where !(share > 0 && share <= 1):
      throw TableError("the alert budget must be a share above 0 and at most 1, not \(share)")
    case .rows(let rows) where rows < 1:
      throw TableError("the alert budget must be at least 1 row, not \(rows)")
    default: break
    }
    guard costs.falsePositive >= 0, costs.falseNegative >= 0, (costs.falsePositive + costs.falseNegative).isFinite
    else {
      throw TableError("costs must be finite and at least 0, not \(costs.falsePositive) and \(costs.falseNegative)")
    }
    try checkNames(methods.map(\.name))
  }

  private func checkNames(_ names: [String]) throws(TableError) {
    for (place, name) in names.enumerated() {
      if [TrialArm.imbalancedName, TrialArm.weightsName].contains(name) {
        throw TableError("a method cannot be called '\(name)': that is one of the baselines it is held against")
      }
      if names[..<place].contains(name) { throw TableError("two methods are called '\(name)'; names must differ") }
    }
  }
}
