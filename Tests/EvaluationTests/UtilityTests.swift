import Foundation
import MynahParallelism
import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEvaluation

@Suite("Utility") struct UtilityTests {
  /// The class follows x with some noise, the amount x and the group, and group b is mostly of class "no".
  static func people(_ rows: Int, seed: UInt64) throws -> Table {
    var random = RandomSource(seed: seed)
    let x = (0..<rows).map { _ in random.normal() }
    let group = (0..<rows).map { _ in random.uniform() < 0.4 ? "b" : "a" }
    let score = (0..<rows).map { x[$0] + (group[$0] == "b" ? -1 : 0.3) + 0.5 * random.normal() }
    let amount = (0..<rows).map { 1000 + 50 * x[$0] + (group[$0] == "b" ? 30 : 0) + 5 * random.normal() }
    return try GoldenTables.table([
      ("x", .continuous, .continuous(x, nil)),
      ("group", .categorical, GoldenTables.categories(["a", "b"], group)),
      ("amount", .continuous, .continuous(amount, nil)),
      (
        "grade", .categorical,
        GoldenTables.categories(["high", "low", "middle"], score.map { $0 > 1 ? "high" : $0 > -1 ? "middle" : "low" })
      ),
      ("accepted", .boolean, GoldenTables.categories(["no", "yes"], score.map { $0 > 0 ? "yes" : "no" })),
      ("visits", .integer, .integer(score.map { $0 > 0 ? 1 : 0 }, nil)),
    ])
  }

  static func without(_ table: Table, _ names: String...) throws -> Table {
    let kept = table.schema.columns.indices.filter { !names.contains(table.schema.columns[$0].name) }
    return try Table(schema: Schema(kept.map { table.schema.columns[$0] }), columns: kept.map { table.columns[$0] })
  }

  private func score(
    _ synthetic: Table, _ real: Table, holdout: Table?, target: String?
  ) throws -> Score {
    var random = RandomSource(seed: 1)
    return try Utility().score(
      synthetic, against: RealData(train: real, holdout: holdout, target: target), using: &random)
  }

  private func details(_ score: Score) -> [String: Double] {
    if case .value(_, let details) = score { details } else { [:] }
  }

  private func value(_ score: Score) -> Double? { if case .value(let value, _) = score { value } else { nil } }

  @Test(
    "Fresh real rows are worth what the real rows are; shuffled ones nothing",
    arguments: ["accepted", "grade", "amount"])
  func ceilingAndFloor(target: String) throws {
    let drop = ["accepted", "grade", "amount", "visits"].filter { $0 != target }
    func rows(_ count: Int, _ seed: UInt64) throws -> Table {
      try drop.reduce(Self.people(count, seed: seed)) { try Self.without($0, $1) }
    }
    let (real, fresh, holdout) = (try rows(1500, 1), try rows(1500, 2), try rows(1500, 3))
    let figure = target == "amount" ? "r2" : "auc"
    let good = try score(fresh, real, holdout: holdout, target: target)
    let found = details(good)
    #expect(value(good) == found["boosted-trees.synthetic.\(figure)"])
    for model in ["boosted-trees", target == "amount" ? "ridge-regression" : "logistic-regression"] {
      let own = try #require(found["\(model).synthetic.\(figure)"])
      #expect(own > 0.83)
      #expect(abs(own - (try #require(found["\(model).real.\(figure)"]))) < 0.02)
      #expect(try #require(found["\(model).augmented.\(figure)"]) > own - 0.02)
    }
    #expect(try #require(found["importance-agreement"]) > 0.8)
    let floor = try score(try DetectionTests.shuffled(fresh), real, holdout: holdout, target: target)
    #expect(abs(try #require(value(floor)) - (target == "amount" ? 0 : 0.5)) < 0.08)
    #expect(details(floor)["boosted-trees.real.\(figure)"] == found["boosted-trees.real.\(figure)"])
  }

  @Test("A class that the synthetic table lacks has an area of one half") func absentClass() throws {
    let (real, holdout) = (try Self.people(600, seed: 1), try Self.people(600, seed: 2))
    let grades = try #require(real["grade"])
    guard case .categorical(let codes, _, _) = grades else { return }
    let lacking = real.gathering(codes.indices.filter { codes[$0] != 0 })
    let found = details(try score(lacking, real, holdout: holdout, target: "grade"))
    #expect(found["absent-classes"] == 1)
    // Two classes are told well, the third not at all.
    let area = try #require(found["boosted-trees.synthetic.auc"])
    #expect(area < (try #require(found["boosted-trees.real.auc"])) - 0.1)
    #expect(area > 0.7)
    let single = real.gathering(codes.indices.filter { codes[$0] == 1 })
    let constant = try score(single, real, holdout: holdout, target: "grade")
    #expect(value(constant) == 0.5)
    #expect(details(constant)["absent-classes"] == 2)
  }

  @Test("Of the holdout passed off as synthetic one half is learned from and the other judges") func halves() throws {
    let (real, holdout) = (try Self.people(60, seed: 1), try Self.people(61, seed: 2))
    let found = details(try score(holdout, real, holdout: holdout, target: "grade"))
    #expect(found["rows.synthetic"] == 31 && found["rows.test"] == 30)
  }

  @Test("Whole numbers of few values are classes, matched by value") func wholeNumbers() throws {
    let (real, holdout) = (try Self.people(600, seed: 1), try Self.people(600, seed: 2))
    let numbers = try #require(real["visits"]?.numbersWithGaps())
    let stored = try Table(schema: real.schema, columns: real.columns.dropLast() + [.continuous(numbers, nil)])
    let found = details(try score(stored, real, holdout: holdout, target: "visits"))
    #expect(found["boosted-trees.synthetic.auc"] == found["boosted-trees.real.auc"])
    #expect(found["boosted-trees.synthetic.auc"] != nil)
  }

  @Test("What cannot be judged says why") func reasons() throws {
    let (real, holdout) = (try Self.people(60, seed: 1), try Self.people(60, seed: 2))
    func reason(_ synthetic: Table, _ holdout: Table?, _ target: String?) throws -> String? {
      if case .notApplicable(let reason) = try score(synthetic, real, holdout: holdout, target: target) {
        reason
      } else {
        nil
      }
    }
    #expect(try reason(real, nil, "grade") == "there is no holdout to test on")
    #expect(try reason(real, holdout, nil) == "no target is named")
    #expect(try reason(holdout, holdout, "grade") == nil)
    #expect(
      try reason(real.gathering([]), holdout, "grade")
        == "the synthetic table has no row with a value of the target 'grade'")
    guard case .categorical(let codes, _, _) = try #require(holdout["grade"]) else { return }
    let one = holdout.gathering(codes.indices.filter { codes[$0] == 1 })
    #expect(try reason(real, one, "grade") == "the target 'grade' does not vary in the holdout")
    #expect(throws: TableError("there is no column 'grades'; did you mean 'grade'?")) {
      try score(real, real, holdout: holdout, target: "grades")
    }
  }

  @Test("The same with any number of threads, detection too") func threads() throws {
    let (real, fresh) = (try Self.people(200, seed: 1), try Self.people(200, seed: 2))
    let holdout = try Self.people(200, seed: 3)
    let before = threadCount
    defer { threadCount = before }
    let results = try [1, 2].map { count in
      threadCount = count
      var random = RandomSource(seed: 1)
      let detection = try Detection().score(fresh, against: RealData(train: real), using: &random)
      return try [detection] + ["grade", "amount"].map { try score(fresh, real, holdout: holdout, target: $0) }
    }
    #expect(results[0] == results[1])
    #expect(results[0].allSatisfy { value($0) != nil })
  }

  @Test("F1 and areas of classes worked out by hand") func figures() {
    // Rows 0 and 1 are of class 0, rows 2 and 3 of class 1; row 1 is called 1.
    let figures = TestFigures.ofClasses([0.9, 0.1, 0.4, 0.6, 0.2, 0.8, 0.5, 0.5], truth: [0, 0, 1, 1], classCount: 2)
    // Scores of class 1: 0.1, 0.6 | 0.8, 0.5: three of four pairs are in order. A tie is called the first class.
    #expect(figures["auc"] == 0.75)
    #expect(abs((figures["f1"] ?? 0) - 0.5) < 1e-15)
    #expect(TestFigures.ofNumbers([1, 2, 4], truth: [1, 2, 3])["r2"] == 0.5)
    #expect(TestFigures.ofNumbers([1, 2, 5], truth: [1, 2, 3])["rmse"] == (4.0 / 3).squareRoot())
    #expect(TestFigures.ofNumbers([1, 2], truth: [3, 3]) == ["rmse": 2.5.squareRoot()])
  }
}

@Suite("Fairness") struct FairnessTests {
  private func score(_ synthetic: Table, _ metric: Fairness, target: String = "accepted") throws -> Score {
    func kept(_ table: Table) throws -> Table { try UtilityTests.without(table, "grade", "visits") }
    var random = RandomSource(seed: 1)
    let data = RealData(
      train: try kept(UtilityTests.people(1500, seed: 1)), holdout: try kept(UtilityTests.people(1500, seed: 3)),
      target: target)
    return try metric.score(try kept(synthetic), against: data, using: &random)
  }

  @Test("A table that treats a group worse teaches to do so") func worse() throws {
    let fair = try UtilityTests.people(1500, seed: 2)
    let metric = Fairness(sensitive: "group", positive: "yes")
    guard case .value(let same, let details) = try score(fair, metric) else { return }
    #expect(same < 0.1)
    // Group b is called positive less often, as it is in truth.
    #expect(try #require(details["real.positive.a"]) > (try #require(details["real.positive.b"])) + 0.2)
    let gap = try #require(details["synthetic.positive.a"]) - #require(details["synthetic.positive.b"])
    #expect(details["synthetic.demographic-parity"] == gap)
    #expect(try #require(details["synthetic.auc.b"]) > 0.8)
    #expect(try #require(details["rows.a"]) + #require(details["rows.b"]) == 1500)
    // Nobody of group b is accepted.
    guard case .categorical(let groups, _, _) = try #require(fair["group"]),
      case .categorical(let codes, let levels, _) = try #require(fair["accepted"])
    else { return }
    let refused = Column.categorical(
      codes: codes.indices.map { groups[$0] == 1 ? 0 : codes[$0] }, levels: levels, nil)
    let columns = zip(fair.schema.columns, fair.columns).map { $0.name == "accepted" ? refused : $1 }
    guard case .value(let unfair, _) = try score(Table(schema: fair.schema, columns: columns), metric) else { return }
    #expect(unfair > 0.3)
  }

  @Test("Without a column, levels or groups there is no score") func reasons() throws {
    let table = try UtilityTests.people(1500, seed: 2)
    #expect(try score(table, Fairness()) == .notApplicable(reason: "no sensitive column is named"))
    #expect(
      try score(table, Fairness(sensitive: "x")) == .notApplicable(reason: "the sensitive column 'x' has no levels"))
    #expect(
      try score(table, Fairness(sensitive: "group", leastRows: 800))
        == .notApplicable(reason: "the sensitive column 'group' has one group of 800 test rows or more"))
    #expect(
      try score(table, Fairness(sensitive: "group"), target: "amount")
        == .notApplicable(reason: "the target 'amount' is a quantity; fairness is about classes"))
    #expect(
      try score(table, Fairness(sensitive: "group", positive: "maybe"))
        == .notApplicable(reason: "the target 'accepted' has no class 'maybe' in the real table"))
    #expect(throws: TableError("there is no column 'groups'; did you mean 'group'?")) {
      try score(table, Fairness(sensitive: "groups"))
    }
  }
}
