import MynahClassifiers
import MynahRandomness
import MynahTables

/// Tries whether balanced training sets help a classifier to find a rare class in real rows that nobody touched.
///
/// The table is cut into stratified folds, several times over. Of each training part a stratified share is set aside to
/// choose thresholds; what is left is resampled by each method, and classifiers learn from it. They are judged on the
/// held-out fold or, where a test table is given, on all of that table. No resampled row is ever judged or used to choose a
/// threshold, and no method sees a row that is.
///
/// Every method is held against the table as it is ("imbalanced"), the same with class weights ("class-weights") and random
/// oversampling ("random"). More classes than two are resampled as they are; classifiers then learn the positive class
/// against the rest.
///
/// Resampling changes the share of positives that a classifier believes in, so its probabilities come out too high: Brier
/// score and calibration error are reported as they are, without correction. Ranking figures (PR AUC, ROC AUC, recall at a
/// false-positive rate, precision at a budget) do not feel that, nor do figures at a threshold that validation rows chose.
///
/// Differences are tested by the corrected resampled t test (`PairedEstimate`). One figure, named beforehand
/// (`mainFigure`), decides the verdicts; their p values are corrected for the number of methods and judges (Holm, 1979).
public struct BalanceTrial: Sendable {
  /// A way to balance a training table.
  public struct Method: Sendable {
    /// Distinct; "imbalanced" and "class-weights" are taken, "random" takes the built-in one's place.
    public var name: String
    /// Gives a table whose first `realCount` rows are real ones. The same table and random numbers give the same rows. Called
    /// from several threads at once.
    public var balance: @Sendable (Table, inout RandomSource) throws -> (table: Table, realCount: Int)
    /// Whether it is there to be compared with, and has no verdict of its own.
    public var isBaseline: Bool

    public init(
      name: String, isBaseline: Bool = false,
      balance: @escaping @Sendable (Table, inout RandomSource) throws -> (table: Table, realCount: Int)
    ) {
      self.name = name
      self.balance = balance
      self.isBaseline = isBaseline
    }
  }

  /// Where a trial stands. Pieces of work run at the same time and end in no fixed order.
  public struct Progress: Sendable, Equatable {
    /// The method or baseline.
    public let arm: String
    /// Counted from 1, over all repeats; nil for the look at privacy.
    public let fold: Int?
    /// Whether this piece ended, or begins.
    public let isFinished: Bool
    /// Pieces that ended.
    public let completed: Int
    public let total: Int
  }

  /// The column whose classes are balanced: categorical, or whole numbers of few values.
  public var target: String
  /// The class to be found; nil for the rarest.
  public var positive: String?
  public var judges = BalanceJudge.allCases
  public var boostedTrees = BoostedTrees()
  public var logisticRegression = LogisticRegression()
  /// At least 2.
  public var folds = 5
  /// How often the table is cut into folds, at least 1.
  public var repeats = 2
  /// The share of a training part that chooses thresholds, above 0 and at most 0.5.
  public var validationShare = 0.2
  /// The figure that decides, named before anything is seen.
  public var mainFigure = BalanceFigure.prAUC
  public var alertBudget = AlertBudget.share(0.01)
  public var costs = CostMatrix()
  /// Draws of the test table's rows, where one is given; at least 2.
  public var bootstrapReplicates = 200
  /// Whether new rows are held against real ones (`BalancePrivacy`).
  public var measuresPrivacy = true

  public init(target: String, positive: String? = nil) {
    self.target = target
    self.positive = positive
  }

  /// Runs the trial. The same tables, methods and random numbers give the same report, whatever the number of threads.
  ///
  /// A method that throws does not stop the others: it is reported as failed, with its reason.
  /// - Parameters:
  ///   - table: the real rows to learn from. Rows without a target are left out.
  ///   - test: real rows to judge on, with the table's columns; nil for the held-out folds.
  ///   - methods: what to try, besides the baselines.
  ///   - random: decides folds, validation rows, methods and bootstrap.
  ///   - progress: told when a piece of work begins and ends, from any thread.
  /// - Throws: `TableError` when the target is absent or continuous or has one class, the positive class is unknown or has too
  ///   few rows for the folds, the test table lacks a column or a class, or a setting is out of its range;
  ///   `ClassifierError` when the untouched table cannot be learned.
  public func report(
    on table: Table, test: Table? = nil, methods: [Method], using random: inout RandomSource,
    progress: (@Sendable (Progress) -> Void)? = nil
  ) throws -> BalanceReport {
    try checkSettings(methods)
    let plan = try TrialPlan(self, table: table, test: test, random: random.split())
    let arms = TrialArm.all(for: methods)
    let work = TrialWork(trial: self, plan: plan, arms: arms, report: progress)
    let results = work.run()
    return try ReportAssembly(trial: self, plan: plan, arms: arms, results: results).report()
  }

  /// Whether the tables and settings allow a trial, without making it.
  ///
  /// - Throws: As `report` does, before any method has worked.
  public func check(table: Table, test: Table? = nil) throws(TableError) {
    try checkSettings([])
    _ = try TrialPlan(self, table: table, test: test, random: RandomSource(seed: 0))
  }
}
