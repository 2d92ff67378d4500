import MynahClassifiers
import MynahEvaluation
import MynahOversamplers
import MynahTables

extension SamplingStrategy {
  /// The names of those without a figure.
  package static let named: [(name: String, strategy: SamplingStrategy)] = [
    ("auto", .auto), ("minority", .minority), ("not-majority", .notMajority), ("not-minority", .notMinority),
    ("all", .all),
  ]

  /// - Parameter setting: the section with the keys `ratio`, `counts` and `strategy`, of which at most one is given.
  init(_ setting: Setting) throws(ExperimentError) {
    let given = ["ratio", "counts", "strategy"].compactMap { key in setting[key].map { (key, $0) } }
    if given.count > 1 {
      throw given[1].1.failure("\(given[0].0) and \(given[1].0) exclude each other; give one of them")
    }
    switch given.first {
    case ("ratio", let value)?:
      let ratio = try value.number("ratio")
      guard ratio > 0 else { throw value.failure("ratio: must be above 0, got \(ratio)") }
      self = .ratio(ratio)
    case ("counts", let value)?:
      var counts: [String: Int] = [:]
      for entry in try value.entries("counts") {
        counts[entry.key] = try entry.value.wholeNumber("counts \(entry.key)", atLeast: 0)
      }
      self = .counts(counts)
    case (_, let value)?:
      let name = try value.text("strategy")
      guard let found = Self.named.first(where: { $0.name == name }) else {
        throw value.unknown("strategy", name, Self.named.map(\.name))
      }
      self = found.strategy
    case nil: self = .auto
    }
  }

  /// Its key and value in a file; nil for the default.
  var setting: (String, Setting)? {
    switch self {
    case .auto: nil
    case .ratio(let ratio): ("ratio", .text(ratio))
    case .counts(let counts): ("counts", Setting(counts.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) }))
    default: Self.named.first { $0.strategy == self }.map { ("strategy", .string($0.name)) }
    }
  }
}

extension BalanceJudge {
  /// As files and the command call it.
  package var fileName: String {
    switch self {
    case .boostedTrees: "xgboost"
    case .logisticRegression: "logistic"
    }
  }

  static func list(_ setting: Setting) throws(ExperimentError) -> [BalanceJudge] {
    var judges: [BalanceJudge] = []
    for value in try setting.list("judges") {
      let name = try value.text("judges")
      guard let judge = allCases.first(where: { $0.fileName == name }) else {
        throw value.unknown("judge", name, allCases.map(\.fileName))
      }
      guard !judges.contains(judge) else { throw value.failure("judges: '\(name)' stands there twice") }
      judges.append(judge)
    }
    guard !judges.isEmpty else { throw setting.failure("judges: the list is empty; expected [xgboost, logistic]") }
    return judges
  }
}

extension AlertBudget {
  /// Below 1 a share of the rows, else a number of rows.
  package init?(_ value: Double) {
    if value > 0, value < 1 {
      self = .share(value)
    } else if value >= 1, let rows = Int(exactly: value) {
      self = .rows(rows)
    } else {
      return nil
    }
  }

  package static let expected = "must be a share of the rows above 0 and below 1, or a whole number of rows"

  init(_ setting: Setting) throws(ExperimentError) {
    let value = try setting.number("alert_budget")
    guard let budget = AlertBudget(value) else {
      throw setting.failure("alert_budget: \(Self.expected), got \(value)")
    }
    self = budget
  }

  var setting: Setting {
    switch self {
    case .share(let share): .text(share)
    case .rows(let rows): .text(rows)
    }
  }
}

extension CostMatrix {
  init(_ setting: Setting) throws(ExperimentError) {
    try setting.requireKeys(["false_positive", "false_negative"], in: "costs")
    self.init()
    func cost(_ key: String) throws(ExperimentError) -> Double? {
      guard let given = setting[key] else { return nil }
      let value = try given.number(key)
      guard value >= 0 else { throw given.failure("\(key): must be at least 0, got \(value)") }
      return value
    }
    falsePositive = try cost("false_positive") ?? falsePositive
    falseNegative = try cost("false_negative") ?? falseNegative
  }

  var setting: Setting {
    Setting([("false_positive", .text(falsePositive)), ("false_negative", .text(falseNegative))])
  }
}

extension Setting {
  fileprivate func unknown(_ what: String, _ name: String, _ known: [String]) -> ExperimentError {
    let hint = nearest(to: name, among: known).map { "did you mean '\($0)'?" }
    return failure("unknown \(what) '\(name)'; \(hint ?? "expected one of \(known.joined(separator: ", "))")")
  }
}
