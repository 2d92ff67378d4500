import MynahClassifiers
import MynahParallelism
import MynahRandomness
import MynahTables
import MynahTestSupport
import Synchronization
import Testing

@testable import MynahEvaluation

@Suite struct BalanceTrialTests {
  // MARK: Tables

  /// A column that names every row, two normal features and a class whose rows lie `shift` further in both. `rare` rows of
  /// class "fraud" are spread over the table.
  static func table(rows: Int, rare: Int, shift: Double, seed: UInt64) throws -> Table {
    var random = RandomSource(seed: seed)
    let isRare = (0..<rows).map { $0 * rare / rows != ($0 + 1) * rare / rows }
    let features = (0..<2).map { _ in isRare.map { random.normal() + ($0 ? shift : 0) } }
    let schema = Schema([
      ColumnSchema(name: "row", kind: .identifier), ColumnSchema(name: "a", kind: .continuous),
      ColumnSchema(name: "b", kind: .continuous), ColumnSchema(name: "class", kind: .boolean),
    ])
    return try Table(
      schema: schema,
      columns: [
        .integer((0..<Int64(rows)).map { $0 }, nil), .continuous(features[0], nil), .continuous(features[1], nil),
        .categorical(codes: isRare.map { $0 ? 1 : 0 }, levels: ["fine", "fraud"], nil),
      ])
  }

  static func rowNumbers(_ table: Table) -> [Int64] {
    guard case .integer(let numbers, _) = table.columns[0] else { return [] }
    return numbers
  }

  /// The positive rows again, `times` over.
  static func repeated(_ name: String, times: Int) -> BalanceTrial.Method {
    BalanceTrial.Method(name: name) { table, _ in
      let classes = try ClassLabels(of: "class", in: table)
      let rare = classes.codes.indices.filter { classes.codes[$0] == 1 }
      let new = (0..<times).flatMap { _ in rare }
      return (table.gathering(Array(0..<table.rowCount) + new), table.rowCount)
    }
  }

  /// Says that every row is of the other class.
  static let confusing = BalanceTrial.Method(name: "confusing") { table, _ in
    guard case .categorical(let codes, let levels, let validity) = table.columns[3] else {
      return (table, table.rowCount)
    }
    let turned = codes.map { 1 - $0 }
    var columns = table.columns
    columns[3] = .categorical(codes: turned, levels: levels, validity)
    return (try Table(schema: table.schema, columns: columns), 0)
  }

  static func trial(_ judge: BalanceJudge, _ figure: BalanceFigure = .prAUC) -> BalanceTrial {
    var trial = BalanceTrial(target: "class")
    trial.judges = [judge]
    trial.mainFigure = figure
    trial.boostedTrees.estimators = 20
    trial.costs = CostMatrix(falsePositive: 1, falseNegative: 20)
    return trial
  }

  // MARK: What it finds

  /// Turned labels turn the ranking upside down; rows that only say again what is there change nothing of a linear model that
  /// gaussian classes suit.
  @Test func tellsHarmFromNoDifference() throws {
    var random = RandomSource(seed: 1)
    let report = try Self.trial(.logisticRegression).report(
      on: try Self.table(rows: 1500, rare: 120, shift: 1.5, seed: 2),
      methods: [Self.confusing, Self.repeated("again", times: 3)], using: &random)
    let confusing = try #require(report.verdicts.first { $0.method == "confusing" })
    #expect(confusing.outcome == .hurts)
    #expect(confusing.text.hasPrefix("confusing hurts here (logistic regression): PR AUC 0."))
    let again = try #require(report.verdicts.first { $0.method == "again" })
    #expect(again.outcome == .doesNotHelp || again.outcome == .undecided)
    #expect(report.summary.contains("No method is shown to help here"))
    #expect(report.setting.positive == "fraud" && report.setting.positives == 120)
  }

  /// A linear model that two gaussian classes suit ranks as well with balanced classes as without; it only believes in many
  /// more positives than there are.
  @Test func probabilitiesComeOutTooHigh() throws {
    var random = RandomSource(seed: 3)
    let report = try Self.trial(.logisticRegression, .brier).report(
      on: try Self.table(rows: 3000, rare: 60, shift: 1, seed: 4), methods: [], using: &random)
    let plain = try #require(report["imbalanced"]?[.logisticRegression])
    for name in ["class-weights", "random"] {
      let arm = try #require(report[name]?[.logisticRegression])
      #expect(arm[.brier]!.mean > plain[.brier]!.mean + 0.05)
      #expect(arm[.calibrationError]!.mean > plain[.calibrationError]!.mean + 0.1)
      #expect(abs(arm[.rocAUC]!.mean - plain[.rocAUC]!.mean) < 0.02)
    }
    #expect(report.verdicts.isEmpty && report.summary.hasPrefix("No method was asked for"))
  }

  /// What tells the classes apart is the small difference of two columns that go together: a linear model needs large weights
  /// for it, and the penalty allows them only when the rare rows weigh enough. Any way to add them helps, and no way does more
  /// than another.
  @Test func oversamplingHelpsALinearModel() throws {
    var random = RandomSource(seed: 5)
    var trial = Self.trial(.logisticRegression)
    trial.logisticRegression.inverseRegularization = 0.1
    let report = try trial.report(
      on: try Self.twinColumns(rows: 1500, rare: 75), methods: [Self.repeated("again", times: 19)], using: &random)
    let verdict = try #require(report.verdicts.first)
    #expect(verdict.outcome == .helps, "\(verdict.text)")
    #expect(report.summary.contains("None of them is shown to do more than class weights and random oversampling"))
    let again = try #require(report["again"]?[.logisticRegression])
    for figure in [BalanceFigure.f1, .recallAtOnePercent, .rocAUC] {
      let difference = try #require(again[figure]?.difference(to: "imbalanced"))
      #expect(difference.lower > 0, "\(figure)")
    }
    #expect(try #require(again[.costPerThousand]?.difference(to: "imbalanced")).upper < 0)
  }

  /// Two columns that nearly equal each other; fraud rows have a little more of the first.
  static func twinColumns(rows: Int, rare: Int) throws -> Table {
    var random = RandomSource(seed: 22)
    let plain = try table(rows: rows, rare: rare, shift: 0, seed: 23)
    guard case .categorical(let codes, _, _) = plain.columns[3] else { return plain }
    let shared = codes.map { _ in 3 * random.normal() }
    let first = zip(shared, codes).map { $0 + 0.3 * random.normal() + ($1 == 1 ? 1.2 : 0) }
    let second = shared.map { $0 + 0.3 * random.normal() }
    return try Table(
      schema: plain.schema,
      columns: [plain.columns[0], .continuous(first, nil), .continuous(second, nil), plain.columns[3]])
  }

  /// The method undoes a fault of the table: of five fraud rows four are labelled fine, and it knows them by their key. The
  /// test table has no such fault.
  @Test func helpIsShownOnATestTable() throws {
    let whole = try Self.table(rows: 1200, rare: 200, shift: 2.5, seed: 6)
    guard case .categorical(let codes, let levels, _) = whole.columns[3] else { return }
    var seen = 0
    let hidden = codes.map { code -> Int32 in
      seen += Int(code)
      return code == 1 && seen % 5 == 0 ? 1 : 0
    }
    var columns = whole.columns
    columns[3] = .categorical(codes: hidden, levels: levels, nil)
    let training = try Table(schema: whole.schema, columns: columns)
    let knowing = BalanceTrial.Method(name: "knowing") { table, _ in
      var columns = table.columns
      columns[3] = .categorical(codes: Self.rowNumbers(table).map { codes[Int($0)] }, levels: levels, nil)
      return (try Table(schema: table.schema, columns: columns), 0)
    }
    var random = RandomSource(seed: 7)
    var trial = Self.trial(.boostedTrees)
    trial.bootstrapReplicates = 50
    let report = try trial.report(
      on: training, test: try Self.table(rows: 1000, rare: 150, shift: 2.5, seed: 8), methods: [knowing], using: &random
    )
    let verdict = try #require(report.verdicts.first)
    #expect(verdict.outcome == .helps)
    #expect(verdict.text.contains("knowing helps here (boosted trees): PR AUC 0."))
    #expect(
      verdict.text.contains("; against class weights +0.") && verdict.text.contains("; against random oversampling +0.")
    )
    #expect(report.summary.hasPrefix("Balancing helps here: knowing (boosted trees)."))
    #expect(report.setting.testRows == 1000 && report.setting.testPositives == 150)
  }

  /// scikit-learn 1.9.1's `LogisticRegression` on standardised columns, 64 % of the rows, 5 × 2 stratified folds: PR AUC 0.621,
  /// ROC AUC 0.920, Brier score 0.0131; with balanced weights 0.548, 0.922, 0.0820. PR AUC has a standard deviation of
  /// 0.076 over folds, so the means of two plans of ten differ by 0.076 √(2/10) = 0.034 at most, as they share rows; the bound
  /// is two of that.
  @Test(.enabled(if: realTable("mammography.csv") != nil, Comment(rawValue: needsRealTables)))
  func mammographyIsAsWithScikitLearn() throws {
    let path = try #require(realTable("mammography.csv"))
    var trial = BalanceTrial(target: "class")
    trial.judges = [.logisticRegression]
    trial.measuresPrivacy = false
    var random = RandomSource(seed: 26)
    let report = try trial.report(on: try CSVReader().read(path: path).table, methods: [], using: &random)
    #expect(report.setting.positive == "1" && report.setting.positives == 260 && report.setting.rows == 11_183)
    for (arm, expected) in [("imbalanced", [0.621, 0.920, 0.0131]), ("class-weights", [0.548, 0.922, 0.082])] {
      let judged = try #require(report[arm]?[.logisticRegression])
      #expect(abs(try #require(judged[.prAUC]).mean - expected[0]) < 0.07)
      #expect(abs(try #require(judged[.rocAUC]).mean - expected[1]) < 0.02)
      #expect(abs(try #require(judged[.brier]).mean / expected[2] - 1) < 0.1)
    }
  }

  // MARK: What it promises

  /// Methods see no row that judges or chooses a threshold, every fold's rows are judged once a repeat, and positives are
  /// spread evenly.
  @Test func heldOutRowsAreNeverSeen() throws {
    let table = try Self.table(rows: 400, rare: 37, shift: 1, seed: 9)
    let trial = Self.trial(.logisticRegression)
    let plan = try TrialPlan(trial, table: table, test: nil, random: RandomSource(seed: 5))
    var judged = Array(repeating: 0, count: 400)
    for fold in 0..<plan.foldCount {
      let part = plan.part(fold)
      for row in part.heldOut { judged[row] += 1 }
      let positives = part.heldOut.count { plan.isPositive[$0] }
      #expect((7...8).contains(positives))
      #expect(Set(part.learning + part.validation + part.heldOut).count == 400)
      #expect(part.learning.count + part.validation.count + part.heldOut.count == 400)
      #expect(abs(part.validation.count - 64) <= 1)
      let seen = Mutex<[Int64]>([])
      let spy = TrialArm(
        name: "spy",
        kind: .method(
          BalanceTrial.Method(name: "spy") { table, _ in
            seen.withLock { $0 = Self.rowNumbers(table) }
            return (table, table.rowCount)
          }))
      _ = try FoldTrial(trial: trial, plan: plan, number: fold).outcome(of: spy)
      #expect(seen.withLock { $0 } == part.learning.map(Int64.init))
    }
    #expect(judged.allSatisfy { $0 == trial.repeats })
  }

  @Test func threadsDoNotMatter() throws {
    let table = try Self.table(rows: 300, rare: 40, shift: 1, seed: 10)
    var trial = BalanceTrial(target: "class")
    trial.folds = 3
    trial.repeats = 1
    trial.boostedTrees.estimators = 5
    trial.bootstrapReplicates = 10
    let before = threadCount
    defer { threadCount = before }
    let reports = try [1, 2].map { threads in
      threadCount = threads
      var random = RandomSource(seed: 12)
      return try trial.report(
        on: table, test: try Self.table(rows: 200, rare: 20, shift: 1, seed: 11),
        methods: [Self.confusing, Self.repeated("again", times: 2)], using: &random)
    }
    #expect(try reports[0].json() == reports[1].json())
    #expect(reports[0].text() == reports[1].text())
    #expect(try BalanceReport(json: reports[0].json()) == reports[0])
  }

  /// An arm's numbers do not depend on which others there are.
  @Test func methodsDoNotDisturbEachOther() throws {
    let table = try Self.table(rows: 300, rare: 40, shift: 1, seed: 13)
    var trial = Self.trial(.logisticRegression)
    trial.folds = 3
    let arms = try [[Self.confusing], [Self.repeated("again", times: 1), Self.confusing]].map { methods in
      var random = RandomSource(seed: 14)
      return try trial.report(on: table, methods: methods, using: &random)["confusing"]
    }
    #expect(arms[0] != nil && arms[0] == arms[1])
  }

  @Test func aMethodThatFailsIsReported() throws {
    struct TooFew: Error, CustomStringConvertible { var description: String { "needs more\nrows" } }
    let table = try Self.table(rows: 300, rare: 40, shift: 1, seed: 15)
    var trial = Self.trial(.logisticRegression)
    trial.folds = 3
    trial.repeats = 1
    let calls = Mutex(0)
    let steps = Mutex<[BalanceTrial.Progress]>([])
    var random = RandomSource(seed: 16)
    let failing = BalanceTrial.Method(name: "failing") { table, _ in
      if table.rowCount < 300 { calls.withLock { $0 += 1 } }
      throw TooFew()
    }
    let emptying = BalanceTrial.Method(name: "emptying") { table, _ in
      let classes = try ClassLabels(of: "class", in: table)
      return (table.gathering(classes.codes.indices.filter { classes.codes[$0] == 0 }), 0)
    }
    let report = try trial.report(
      on: table, methods: [failing, emptying, Self.repeated("again", times: 1)], using: &random,
      progress: { step in steps.withLock { $0.append(step) } })
    #expect(calls.withLock { $0 } == 3)
    #expect(report["failing"]?.failure == "failed in 3 of 3 folds: needs more rows")
    #expect(report["emptying"]?.failure == "failed in 3 of 3 folds: class 2 of 2 has no row to learn from")
    #expect(report["again"]?.failure == nil && report["again"]?.judges.count == 1)
    #expect(report.verdicts.map(\.outcome).filter { $0 == .failed }.count == 2)
    #expect(report.notices == ["the privacy of failing could not be measured: needs more rows"])
    #expect(report.text().contains("failing failed in 3 of 3 folds: needs more rows"))
    // Six arms in three folds, and four that make rows.
    let ended = steps.withLock { $0 }.filter(\.isFinished)
    #expect(ended.count == 22 && Set(ended.map(\.completed)) == Set(1...22))
    #expect(ended.allSatisfy { $0.total == 22 })
  }

  // MARK: What it refuses

  @Test func wrongTablesAreErrors() throws {
    let table = try Self.table(rows: 100, rare: 4, shift: 1, seed: 17)
    func message(_ change: (inout BalanceTrial) -> Void, _ table: Table, test: Table? = nil) -> String {
      var trial = Self.trial(.logisticRegression)
      change(&trial)
      var random = RandomSource(seed: 18)
      do {
        _ = try trial.report(on: table, test: test, methods: [], using: &random)
        return ""
      } catch { return "\(error)" }
    }
    #expect(message({ $0.target = "clas" }, table) == "there is no column 'clas'; did you mean 'class'?")
    #expect(message({ $0.target = "a" }, table) == "column 'a' is continuous; a target of classes is categorical")
    #expect(message({ $0.positive = "frau" }, table) == "column 'class' has no class 'frau'; did you mean 'fraud'?")
    #expect(message({ _ in }, table) == "4 rows of class 'fraud' are too few for 5 folds; 4 folds would work")
    let one = table.gathering((0..<100).filter { !((0..<4).map { $0 * 25 + 24 }.contains($0)) })
    #expect(message({ _ in }, one) == "column 'class' has 1 class, 'fine'; there must be two to tell apart")
    #expect(
      message({ $0.folds = 4 }, table, test: one)
        == "the test table has no row of class 'fraud'; it must have some to find")
    let narrow = try Table(
      schema: Schema(Array(table.schema.columns.dropFirst(2))), columns: Array(table.columns.dropFirst(2)))
    #expect(
      message({ $0.folds = 4 }, table, test: narrow)
        == "in the test table, there is no column 'a', which the training table has")
    #expect(message({ $0.folds = 1 }, table) == "folds must be at least 2, not 1")
    #expect(message({ $0.alertBudget = .share(0) }, table).hasPrefix("the alert budget must be a share"))
  }

  @Test func namesMustDiffer() throws {
    let table = try Self.table(rows: 100, rare: 20, shift: 1, seed: 19)
    var random = RandomSource(seed: 20)
    for names in [["x", "x"], ["imbalanced"], ["class-weights"]] {
      #expect(throws: TableError.self) {
        try Self.trial(.logisticRegression).report(
          on: table, methods: names.map { Self.repeated($0, times: 1) }, using: &random)
      }
    }
  }

  /// More classes than two, a target with missing values, and a positive class that is not the rarest.
  @Test func otherClassesAreTheRest() throws {
    var random = RandomSource(seed: 21)
    let codes = (0..<400).map { row -> Int32 in row % 10 == 0 ? 2 : row % 4 == 1 ? 1 : 0 }
    let present = Validity((0..<400).map { $0 % 50 != 7 })
    let table = try Table(
      schema: Schema([ColumnSchema(name: "a", kind: .continuous), ColumnSchema(name: "class", kind: .categorical)]),
      columns: [
        .continuous(codes.map { Double($0 == 1 ? 2 : 0) + random.normal() }, nil),
        .categorical(codes: codes, levels: ["c", "b", "a"], present),
      ])
    var trial = Self.trial(.logisticRegression)
    trial.positive = "b"
    let report = try trial.report(on: table, methods: [], using: &random)
    #expect(
      report.setting.rows == 392 && report.setting.positives == codes.indices.count { codes[$0] == 1 && present[$0] })
    #expect(report.notices == ["8 rows without a value of 'class' were left out"])
    #expect(try #require(report["imbalanced"]?[.logisticRegression]?[.rocAUC]).mean > 0.85)
    // All three classes have as many rows after random oversampling.
    let arm = try #require(report["random"])
    #expect(abs(try #require(arm.trainingRows) - 3 * (try #require(arm.trainingPositives))) < 1e-9)
  }

  // MARK: How it reads

  @Test func textsHoldTablesAndVerdicts() throws {
    let table = try Self.table(rows: 300, rare: 40, shift: 1, seed: 24)
    var trial = Self.trial(.logisticRegression)
    trial.folds = 3
    trial.repeats = 1
    var random = RandomSource(seed: 25)
    let report = try trial.report(
      on: table, methods: [Self.confusing, Self.repeated("a|b", times: 2)], using: &random)
    let text = report.text()
    #expect(
      text.hasPrefix(
        "Target 'class', positive class 'fraud': 40 of 300 rows (13.33 %). 3 folds, once, judged on the held-out folds."
      ))
    for verdict in report.verdicts { #expect(text.contains(verdict.text)) }
    #expect(text.contains(report.summary))
    // Best first, so what turns every label comes last; rows of a table are equally long.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let first = try #require(lines.firstIndex(of: "logistic regression, best first:"))
    let rows = lines[(first + 1)...].prefix { !$0.isEmpty }
    #expect(rows.count == 6 && rows.last?.hasPrefix("confusing") == true)
    #expect(Set(rows.map(\.count)).count == 1)
    // All copies: the method only repeats.
    let privacy = try #require(report.privacy.first { $0.method == "a|b" })
    #expect(privacy.newRows == 80 && privacy.copyShare == 1 && privacy.nearCopyShare == 1)
    let markdown = report.markdown()
    #expect(markdown.hasPrefix("# Does balancing help?\n\nTarget 'class'"))
    #expect(markdown.contains("## Logistic regression\n\n| arm | PR AUC | p |") && markdown.contains("| a\\|b | "))
  }
}
