import MynahClassifiers
import MynahEvaluation
import MynahOversamplers
import MynahTables

/// The `balance` section of an experiment file: methods that balance the table's classes, how, and the trial that shows
/// whether it helps.
///
/// ```yaml
/// balance:
///   methods:
///     - smote
///     - {kind: borderline-smote, k_neighbors: 5}
///     - {kind: ctgan, epochs: 100, train_on: all}
///   ratio: 1.0            # or counts: {A: 100}, or strategy: not-majority
///   keep_together: [[city, country]]
///   positive: "1"
///   judges: [xgboost, logistic]
/// ```
public struct BalanceConfiguration: Sendable {
  /// At least one, of distinct names.
  public var methods: [BalanceMethodConfiguration]
  public var strategy = SamplingStrategy.auto
  /// A numeric target is cut into so many bins; nil where it has classes.
  public var bins: Int?
  public var keepTogether: [[String]] = []
  public var ignore: [String] = []
  /// Whether neighbours are found by an approximate index.
  public var approximate = false
  /// Whether to follow imbalanced-learn to the letter.
  public var reference = false
  /// The class to be found; the rarest unless given.
  public var positive: String?
  public var folds = 5
  public var repeats = 2
  public var judges = BalanceJudge.allCases
  public var alertBudget = AlertBudget.share(0.01)
  public var costs = CostMatrix()
  /// Where the section's keys stand, for errors.
  private var given = Setting(.mapping([]))

  static let keys = [
    "methods", "ratio", "counts", "strategy", "bins", "keep_together", "ignore", "approximate", "reference", "positive",
    "folds", "repeats", "judges", "alert_budget", "costs",
  ]

  public init(methods: [BalanceMethodConfiguration]) { self.methods = methods }

  init(_ setting: Setting, registry: Registry) throws {
    try setting.requireKeys(Self.keys, in: "balance")
    guard let methods = setting["methods"] else {
      throw setting.failure(
        "balance: 'methods' is missing; expected a list such as [smote, {kind: ctgan, epochs: 100}]")
    }
    self.init(methods: try BalanceMethodConfiguration.list(methods, registry: registry))
    given = setting
    strategy = try SamplingStrategy(setting)
    bins = try setting["bins"]?.wholeNumber("bins", atLeast: 2)
    keepTogether = try setting["keep_together"].map { try Self.groups($0) } ?? []
    ignore = try setting["ignore"]?.texts("ignore") ?? []
    approximate = try setting["approximate"]?.truth("approximate") ?? false
    reference = try setting["reference"]?.truth("reference") ?? false
    positive = try setting["positive"]?.text("positive")
    folds = try setting["folds"]?.wholeNumber("folds", atLeast: 2) ?? folds
    repeats = try setting["repeats"]?.wholeNumber("repeats", atLeast: 1) ?? repeats
    judges = try setting["judges"].map { try BalanceJudge.list($0) } ?? judges
    alertBudget = try setting["alert_budget"].map { try AlertBudget($0) } ?? alertBudget
    costs = try setting["costs"].map { try CostMatrix($0) } ?? costs
  }

  private static func groups(_ setting: Setting) throws(ExperimentError) -> [[String]] {
    var groups: [[String]] = []
    for group in try setting.list("keep_together") {
      let names = try group.texts("keep_together")
      guard names.count >= 2 else {
        throw group.failure("keep_together: a group needs at least two columns, as in [[city, country]]")
      }
      groups.append(names)
    }
    return groups
  }

  /// Found before any method has worked.
  ///
  /// - Throws: `ExperimentError` with the place of a column that the table lacks.
  func checkColumns(of table: Table) throws(ExperimentError) {
    for (key, names) in [("keep_together", keepTogether.flatMap(\.self)), ("ignore", ignore)] {
      for name in names where table.schema.index(of: name) == nil {
        let hint = table.schema.nearestName(to: name).map { "; did you mean '\($0)'?" } ?? ""
        throw ExperimentError("\(key): there is no column '\(name)'\(hint)", at: given[key]?.place)
      }
    }
  }

  /// What methods are asked for.
  func request(target: String) -> BalanceRequest {
    BalanceRequest(
      target: target, strategy: strategy, bins: bins, keepTogether: keepTogether, ignoring: ignore,
      search: approximate ? .approximate : .automatic, followsReference: reference)
  }

  /// How the methods are tried.
  func trial(target: String) -> BalanceTrial {
    var trial = BalanceTrial(target: target, positive: positive)
    (trial.folds, trial.repeats, trial.judges) = (folds, repeats, judges)
    (trial.alertBudget, trial.costs) = (alertBudget, costs)
    return trial
  }

  /// Where what an error names was given: a hyperparameter of the method, else a key of the section, else the method.
  func place(of error: ResamplingError, in method: BalanceMethodConfiguration) -> Place? {
    let own = error.hyperparameter.flatMap { method.given[snakeCase($0)] ?? given[snakeCase($0)] }
    return own?.place ?? method.given.place
  }

  func setting() throws -> Setting {
    var entries: [(String, Setting)] = [("methods", Setting(.sequence(try methods.map { try $0.setting() })))]
    if let own = strategy.setting { entries.append(own) }
    if let bins { entries.append(("bins", .text(bins))) }
    if !keepTogether.isEmpty {
      entries.append(("keep_together", Setting(.sequence(keepTogether.map { .strings($0) }))))
    }
    if !ignore.isEmpty { entries.append(("ignore", .strings(ignore))) }
    if approximate { entries.append(("approximate", .text(true))) }
    if reference { entries.append(("reference", .text(true))) }
    if let positive { entries.append(("positive", Setting(.scalar(positive, isQuoted: true)))) }
    entries += [
      ("folds", .text(folds)), ("repeats", .text(repeats)), ("judges", .strings(judges.map(\.fileName))),
      ("alert_budget", alertBudget.setting), ("costs", costs.setting),
    ]
    return Setting(entries)
  }
}
