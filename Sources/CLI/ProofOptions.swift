import ArgumentParser
import Mynah

/// The trial that shows on real rows whether balancing helps.
struct ProofOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Try on these rows, which nothing learns from, whether classifiers find the rare class better: the table as it is, with "
        + "class weights, with random copies and with the method.", valueName: "test.csv"))
  var evaluate: String?

  @Option(
    help: ArgumentHelp("Where the trial's figures go: .json, .md or .html.", valueName: "file"))
  var report: String?

  @Option(help: ArgumentHelp("The class to be found. (default: the rarest)", valueName: "class"))
  var positive: String?

  @Option(help: ArgumentHelp("Parts that the table is cut into; each is left out of learning once. (default: 5)"))
  var folds: Int?

  @Option(help: ArgumentHelp("How often it is cut anew. (default: 2)"))
  var repeats: Int?

  @Option(
    help: ArgumentHelp(
      "How many rows someone can look at: a share of them below 1, or a number of rows. (default: 0.01)", valueName: "n"
    ))
  var alertBudget: Double?

  @Option(help: ArgumentHelp("What a needless alert costs. (default: 1)", valueName: "cost"))
  var costFalsePositive: Double?

  @Option(help: ArgumentHelp("What a missed row costs. (default: 10)", valueName: "cost"))
  var costFalseNegative: Double?

  @Option(help: ArgumentHelp("xgboost or logistic; may be given several times. (default: both)"))
  var judge: [JudgeArgument] = []

  func validate() throws {
    if evaluate == nil {
      let given: [(String, Bool)] = [
        ("--report", report != nil), ("--positive", positive != nil), ("--folds", folds != nil),
        ("--repeats", repeats != nil), ("--alert-budget", alertBudget != nil),
        ("--cost-false-positive", costFalsePositive != nil), ("--cost-false-negative", costFalseNegative != nil),
        ("--judge", !judge.isEmpty),
      ]
      if let lone = given.first(where: \.1) {
        throw ValidationError("\(lone.0) is about the trial; add --evaluate TEST.csv")
      }
    }
    if let report, ReportForm(path: report) == nil {
      throw ValidationError("--report: the name must end in .json, .md or .html, got '\(report)'")
    }
    if let folds, folds < 2 { throw ValidationError("--folds must be at least 2, got \(folds)") }
    if let repeats, repeats < 1 { throw ValidationError("--repeats must be at least 1, got \(repeats)") }
    if let alertBudget, AlertBudget(alertBudget) == nil {
      throw ValidationError("--alert-budget \(AlertBudget.expected), got \(alertBudget)")
    }
    for (name, cost) in [
      ("--cost-false-positive", costFalsePositive), ("--cost-false-negative", costFalseNegative),
    ] {
      if let cost, !(cost >= 0 && cost.isFinite) { throw ValidationError("\(name) must be at least 0, got \(cost)") }
    }
  }

  func trial(target: String) -> BalanceTrial {
    var trial = BalanceTrial(target: target, positive: positive)
    trial.folds = folds ?? trial.folds
    trial.repeats = repeats ?? trial.repeats
    if let budget = alertBudget.flatMap({ AlertBudget($0) }) { trial.alertBudget = budget }
    trial.costs.falsePositive = costFalsePositive ?? trial.costs.falsePositive
    trial.costs.falseNegative = costFalseNegative ?? trial.costs.falseNegative
    if !judge.isEmpty { trial.judges = BalanceJudge.allCases.filter { judge.map(\.judge).contains($0) } }
    return trial
  }
}

/// `BalanceJudge` as the command calls it.
struct JudgeArgument: ExpressibleByArgument {
  var judge: BalanceJudge

  init?(argument: String) {
    guard let judge = BalanceJudge.allCases.first(where: { $0.fileName == argument }) else { return nil }
    self.judge = judge
  }
}

/// What a report is written as.
enum ReportForm: String {
  case json
  case markdown = "md"
  case page = "html"

  init?(path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return nil }
    self.init(rawValue: name[name.index(after: dot)...].lowercased())
  }
}
