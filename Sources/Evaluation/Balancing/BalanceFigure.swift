import MynahClassifiers

/// What a classifier is judged by on rows it has not seen.
public enum BalanceFigure: String, Codable, Sendable, CaseIterable {
  /// Average precision: the area under precision and recall.
  case prAUC = "pr-auc"
  /// The area under the receiver operating characteristic.
  case rocAUC = "roc-auc"
  /// The share of positives found while at most one negative in a thousand is called positive.
  case recallAtOnePerMille = "recall-at-fpr-0.1%"
  /// The share of positives found while at most one negative in a hundred is called positive.
  case recallAtOnePercent = "recall-at-fpr-1%"
  /// The share of positives among the rows with the highest scores, as many as the alert budget allows.
  case precisionAtBudget = "precision-at-budget"
  /// F1 at the threshold that was best on the validation rows.
  case f1
  /// The mean squared error of the probabilities.
  case brier
  /// The expected calibration error, ten bins of equal frequency.
  case calibrationError = "calibration-error"
  /// What errors cost per 1,000 rows at the threshold that was cheapest on the validation rows.
  case costPerThousand = "cost-per-1000"

  public var goal: Goal {
    switch self {
    case .brier, .calibrationError, .costPerThousand: .minimize
    default: .maximize
    }
  }

  /// Its name in texts.
  public var title: String {
    switch self {
    case .prAUC: "PR AUC"
    case .rocAUC: "ROC AUC"
    case .recallAtOnePerMille: "recall at 0.1 % FPR"
    case .recallAtOnePercent: "recall at 1 % FPR"
    case .precisionAtBudget: "precision at budget"
    case .f1: "F1"
    case .brier: "Brier score"
    case .calibrationError: "calibration error"
    case .costPerThousand: "cost per 1,000 rows"
    }
  }

  /// Its name at the head of a column.
  var heading: String {
    switch self {
    case .recallAtOnePerMille: "rec@0.1%"
    case .recallAtOnePercent: "rec@1%"
    case .precisionAtBudget: "prec@bud"
    case .brier: "Brier"
    case .calibrationError: "calib"
    case .costPerThousand: "cost/1k"
    default: title
    }
  }

  /// Its place in `allCases`, by which figures are stored.
  var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The least gain worth speaking of, where the untouched table gives `baseline`: 0.01 of a share, 0.001 of a Brier score
  /// or calibration error, a hundredth of a cost.
  func worthwhile(from baseline: Double) -> Double {
    switch self {
    case .brier, .calibrationError: 0.001
    case .costPerThousand: 0.01 * baseline
    default: 0.01
    }
  }

  func text(_ value: Double) -> String {
    switch self {
    case .costPerThousand: Figures.fixed(value, abs(value) < 10 ? 2 : 1)
    case .brier, .calibrationError: Figures.fixed(value, 4)
    default: Figures.fixed(value, 3)
    }
  }
}

/// How many rows someone can look at.
public enum AlertBudget: Codable, Sendable, Equatable {
  /// A share of the judged rows, above 0 and at most 1; at least one row.
  case share(Double)
  /// That many of the judged rows (a fold, or the test table), at least 1.
  case rows(Int)

  func rows(of count: Int) -> Double {
    switch self {
    case .share(let share): max(1, (share * Double(count)).rounded())
    case .rows(let rows): Double(min(rows, count))
    }
  }

  var text: String {
    switch self {
    case .share(let share): "\(Figures.axis(100 * share)) % of the rows"
    case .rows(let rows): "\(rows) rows"
    }
  }
}

/// The classifiers that judge.
public enum BalanceJudge: String, Codable, Sendable, CaseIterable {
  case boostedTrees = "boosted-trees"
  case logisticRegression = "logistic-regression"

  /// Its name in texts.
  public var title: String {
    switch self {
    case .boostedTrees: "boosted trees"
    case .logisticRegression: "logistic regression"
    }
  }
}
