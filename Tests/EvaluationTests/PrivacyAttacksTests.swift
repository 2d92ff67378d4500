import MynahRandomness
import MynahStatistics
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEvaluation

@Suite struct PrivacyAttacksTests {
  private func details(
    _ metric: any Metric, _ synthetic: Table, _ train: Table, _ holdout: Table?, seed: UInt64 = 1
  ) throws -> [String: Double] {
    var random = RandomSource(seed: seed)
    let real = RealData(train: train, holdout: holdout, target: "city")
    switch try metric.score(synthetic, against: real, using: &random) {
    case .value(let value, let details):
      #expect(metric.bounds.contains(value))
      return details.merging(["value": value]) { _, value in value }
    case .notApplicable(let reason):
      Issue.record("no score: \(reason)")
      return [:]
    }
  }

  private func reason(_ metric: any Metric, _ train: Table, _ holdout: Table? = nil) throws -> String? {
    var random = RandomSource(seed: 1)
    let score = try metric.score(train, against: RealData(train: train, holdout: holdout), using: &random)
    if case .notApplicable(let reason) = score { return reason }
    return nil
  }

  private static let train = try? PrivacyGolden.people(0, 600)
  private static let control = try? PrivacyGolden.people(10000, 400)
  private static let mimics = try? PrivacyGolden.mimics(600)

  @Test func conformance() {
    #expect(checkMetric(SinglingOut(width: 3, attacks: 40), rewardsCopies: false) == [])
    #expect(checkMetric(Linkability(), rewardsCopies: false) == [])
    #expect(checkMetric(Linkability(columns: nil, neighbours: 100), rewardsCopies: false) == [])
    #expect(checkMetric(Inference(), rewardsCopies: false) == [])
    #expect(checkMetric(AttributeDisclosure(), rewardsCopies: false) == [])
    #expect(checkMetric(KAnonymity(), rewardsCopies: false) == [])
    #expect(checkMetric(LDiversity(), rewardsCopies: false) == [])
    #expect(checkMetric(RareCombinations(), rewardsCopies: false) == [])
  }

  // MARK: the training table and the holdout passed off as synthetic

  @Test func theTrainingTableIsCaught() throws {
    let (train, control) = try (#require(Self.train), #require(Self.control))
    #expect(try #require(try details(Linkability(), train, train, control)["risk-low"]) > 0.9)
    #expect(try #require(try details(Inference(), train, train, control)["risk-low"]) > 0.9)
    #expect(try #require(try details(SinglingOut(width: 3, attacks: 400), train, train, control)["risk-low"]) > 0.5)
    let disclosure = AttributeDisclosure(known: ["age", "job", "score"], secret: "city")
    #expect(try #require(try details(disclosure, train, train, control)["risk-low"]) > 0.1)
    for metric in [
      KAnonymity(known: ["age", "job", "score"]) as any Metric,
      LDiversity(known: ["age", "job", "score", "hours"], secret: "city"),
      RareCombinations(),
    ] {
      #expect(try #require(try details(metric, train, train, control)["excess"]) > 0.2, "\(metric)")
    }
  }

  @Test func theHoldoutPasses() throws {
    let (train, control) = try (#require(Self.train), #require(Self.control))
    for metric in [
      SinglingOut(width: 3, attacks: 400) as any Metric, Linkability(), Inference(),
      AttributeDisclosure(known: ["age", "job", "score"], secret: "city"),
    ] {
      // Every other row stands for the holdout.
      let score = MetricScore(.value(0.5, details: try details(metric, control, train, control)), goal: metric.goal)
      #expect(PrivacySign.of(type(of: metric).identifier, score, holdoutRows: 250) == .absent, "\(metric)")
    }
    for metric in [
      KAnonymity(known: ["age", "job", "score"]) as any Metric,
      LDiversity(known: ["age", "job", "score", "hours"], secret: "city"),
      RareCombinations(),
    ] {
      #expect(try details(metric, control, train, control)["excess"] == 0, "\(metric)")
    }
  }

  /// Rows of a third sample tell nothing of either, with a fixed seed: in 5 % of seeds, chance would look like a risk.
  @Test func othersPass() throws {
    let (train, control) = try (#require(Self.train), #require(Self.control))
    let others = try PrivacyGolden.people(40000, 600)
    for metric in [SinglingOut(width: 3, attacks: 400) as any Metric, Inference()] {
      #expect(try details(metric, others, train, control)["value"] == 0, "\(metric)")
    }
    for metric in [Linkability() as any Metric, AttributeDisclosure()] {
      #expect(try details(metric, others, train, control)["risk-low"] == 0, "\(metric)")
    }
  }

  /// Of two attacks the greater risk is luck: 10 of 10 against 9 of 10. The other is 60 of 100 against 20.
  @Test func luckIsNoRisk() {
    func rates(_ main: Double, _ control: Double, _ trials: Double) -> (name: String, rates: AttackRates) {
      (
        "",
        AttackRates(
          main: WilsonInterval(successes: main, of: trials), control: WilsonInterval(successes: control, of: trials),
          baseline: WilsonInterval(successes: 0, of: trials))
      )
    }
    let attacks = [rates(10, 9, 10), rates(60, 20, 100), rates(50, 20, 100)]
    #expect(AttackRates.greatest(attacks)?.main.rate == 0.6)
    #expect(AttackRates.surest(attacks)?.main.rate == 0.6)
    #expect(AttackRates.greatest([attacks[0]]) == nil)
    // (0.6 − 0.2) / √(0.4 · 0.6 · 2 / 100) = 5.7735.
    #expect(abs(attacks[1].rates.pValue / StandardNormal.cumulative(-5.773502691896258) - 1) < 1e-9)
    #expect(rates(10, 10, 10).rates.pValue == 0.5)
  }

  // MARK: Anonymeter

  @Test func ratesAreAnonymeters() throws {
    for row in try PrivacyGolden.file().rates {
      let rates = AttackRates(
        main: WilsonInterval(successes: row[0], of: row[1]), control: WilsonInterval(successes: row[2], of: row[3]),
        baseline: WilsonInterval(successes: 0, of: 1))
      let found = [
        rates.main.center, rates.main.error, rates.residual, rates.error, rates.risk, rates.riskLow, rates.riskHigh,
      ]
      #expect(zip(found, row[4...]).allSatisfy { abs($0 - $1) < 1e-9 }, "\(found) \(row)")
    }
  }

  /// All rows are attacked, so the counts do not depend on chance. The control has 400 rows, so 400 training rows would take
  /// part: each table is the target in turn.
  @Test(arguments: [1, 5]) func linksAreAnonymeters(neighbours: Int) throws {
    let (train, control) = try (#require(Self.train), #require(Self.control))
    let metric = Linkability(
      columns: [["age", "city", "hours"], ["income", "job", "score"]], neighbours: neighbours)
    let expected = try #require(try PrivacyGolden.file().anonymeter.linkability["\(neighbours)"])
    let synthetic = try #require(Self.mimics)
    let main = try details(metric, synthetic, train, train)
    #expect(try #require(main["main"]) * 600 == Double(expected[0]))
    #expect(main["main"] == main["control"])
    let held = try details(metric, synthetic, train, control)
    #expect(abs(try #require(held["control"]) * 400 - Double(expected[1])) < 1e-9)
  }

  @Test(arguments: ["age", "income", "city", "job", "hours", "score"]) func guessesAreAnonymeters(secret: String) throws
  {
    let (train, control) = try (#require(Self.train), #require(Self.control))
    let expected = try #require(try PrivacyGolden.file().anonymeter.inference[secret])
    let main = try details(Inference(secrets: [secret]), #require(Self.mimics), train, train)
    #expect(abs(try #require(main["main"]) * 600 - Double(expected[0])) < 1e-9)
    let held = try details(Inference(secrets: [secret]), #require(Self.mimics), train, control)
    #expect(abs(try #require(held["control"]) * 400 - Double(expected[1])) < 1e-9)
  }

  /// Anonymeter's means over twelve seeds, of 400 conditions. The standard deviation of a rate p of 400 is √(p (1 − p) / 400),
  /// 0.024 at most, and a twelfth of its square more for the mean: three of them are 0.075. The control is corrected for
  /// size by a fit of its own.
  @Test func conditionsSingleOutAsAnonymeters() throws {
    let (train, control) = try (#require(Self.train), #require(Self.control))
    let found = try details(SinglingOut(width: 3, attacks: 400), #require(Self.mimics), train, control)
    let golden = try PrivacyGolden.file().anonymeter.singlingOut
    for mode in ["univariate", "multivariate"] {
      let expected = try #require(golden[mode])
      #expect(found["\(mode)-attacks"] == 400)
      for (name, count) in zip(["main", "control", "baseline"], expected) {
        #expect(abs(try #require(found["\(mode)-\(name)"]) - count / 400) < 0.075, "\(mode) \(name) \(count / 400)")
      }
    }
  }

  /// Weights spread evenly below w: the model itself. 3,000 queries, each with a match count as such a weight gives it in 1,000
  /// rows, tell what 2,000 rows would give.
  @Test func correctionForSize() {
    var random = RandomSource(seed: 4)
    let (population, greater) = (1_000, 2_000)
    let weights = (0..<3_000).map { _ in 0.004 * random.uniform() }
    func matches(_ rows: Int) -> [Int] {
      weights.map { weight in (0..<rows).reduce(0) { sum, _ in sum + (random.uniform() < weight ? 1 : 0) } }
    }
    let here = matches(population)
    let there = Double(matches(greater).filter { $0 == 1 }.count)
    let correction = PopulationCorrection(matches: here, population: population)
    let predicted = Double(here.filter { $0 == 1 }.count) * correction.factor(from: population, to: greater)
    // Some 370 of 3,000: four standard deviations are 72.
    #expect(abs(predicted - there) < 90, "\(predicted) \(there)")
    #expect(PopulationCorrection(matches: [0, 0], population: 10).factor(from: 10, to: 20) > 0)
  }

  @Test func conditionsCountRows() {
    let rows = QueriedRows(
      count: 4, codes: [[0, 1, 1, -1], [0, 1, 2, -1]], numbers: [nil, [5, 6, 7, .nan]])
    func count(_ conditions: (Int, CellPredicate)...) -> Int {
      rows.matches(RowQuery(conditions: conditions.map { .init(column: $0.0, predicate: $0.1) }))
    }
    #expect(count((0, .equals(1))) == 2)
    #expect(count((0, .equals(1)), (1, .atLeast(7))) == 1)
    #expect(count((0, .differs(1))) == 1)
    #expect(count((0, .isMissing)) == 1)
    #expect(count((1, .isPresent)) == 3)
    #expect(count((1, .above(5))) == 2)
    #expect(count((1, .below(7)), (0, .equals(0))) == 1)
    #expect(count((1, .atMost(6))) == 2)
  }

  // MARK: attributes, classes and rare combinations, by hand

  private func table(_ a: [String?], _ b: [String?]) throws -> Table {
    let levels = ["x", "y", "z", "w"]
    return try GoldenTables.table([
      ("a", .categorical, GoldenTables.categories(levels, a)),
      ("city", .categorical, GoldenTables.categories(levels, b)),
    ])
  }

  @Test func attributions() throws {
    let train = try table(["x", "x", "y", "z"], ["x", "y", "y", "w"])
    let synthetic = try table(["x", "x", "y", "y"], ["x", "x", "y", "w"])
    let holdout = try table(["x", "y"], ["y", "w"])
    // Found are three: 1, 0 and 1/2; of the holdout 0 and 1/2.
    let found = try details(AttributeDisclosure(), synthetic, train, holdout)
    #expect(found["main"] == 0.5)
    #expect(found["found"] == 3)
    #expect(found["control"] == 0.25)
    // x is half of the synthetic table, y a quarter.
    let baseline = try #require(found["baseline"])
    #expect(abs(baseline - 1.0 / 3) < 1e-12)
    // Unanimous is x alone, and right for one of four; in the holdout for none.
    let narrow = try details(LDiversity(), synthetic, train, holdout)
    #expect(narrow["value"] == 0.25)
    #expect(narrow["holdout-share"] == 0)
    #expect(narrow["synthetic-l"] == 1)
    // Two persons are x, one is y and one z: with k = 2 the two synthetic rows of y point at one person.
    let few = try details(KAnonymity(known: nil, k: 2), synthetic, train, holdout)
    #expect(few["value"] == 0.5)
    #expect(few["synthetic-k"] == 2)
    #expect(few["train-k"] == 1)
    #expect(few["holdout-share"] == 0.5)
  }

  @Test func rareCombinations() throws {
    let train = try table(["x", "x", "y", "z", nil], ["x", "x", "y", "y", "w"])
    let synthetic = try table(["x", "y", "z", "z"], ["x", "y", "w", "x"])
    // Rare with k = 2: y and z of a, w of city, y-y and z-y. Repeated: y, z, w, y-y.
    let found = try details(RareCombinations(k: 2), synthetic, train, nil)
    #expect(found["rare"] == 5)
    #expect(found["value"] == 0.8)
    #expect(found["share-of-1"] == 1)
    #expect(found["share-of-2"] == 0.5)
    let held = try details(
      RareCombinations(k: 2), synthetic, train, table(["y", "x", "x", "x"], ["x", "x", "x", "x"]))
    #expect(held["holdout-share"] == 0.2)
    #expect(abs(try #require(held["excess"]) - 0.75) < 1e-12)
  }

  @Test func saysWhyThereIsNoScore() throws {
    let (train, control) = try (#require(Self.train), #require(Self.control))
    for metric in [
      SinglingOut(width: 3, attacks: 400) as any Metric, Linkability(), Inference(), AttributeDisclosure(),
    ] {
      #expect(try #require(try reason(metric, train)).hasPrefix("there is no holdout"))
    }
    #expect(
      try reason(Linkability(columns: [["age"], ["hour"]]), train, control)
        == "there is no column 'hour' to compare; did you mean 'hours'?")
    #expect(
      try reason(Linkability(columns: [["age"]]), train, control) == "linkability needs two sets of columns, got 1")
    #expect(try reason(KAnonymity(known: ["zip"]), train) == "there is no column 'zip' to compare")
    #expect(
      try reason(LDiversity(known: ["city"], secret: "city"), train)
        == "column 'city' cannot be known and secret at once")
    let same = try table(["x", "x", "x"], ["y", "y", "y"])
    #expect(
      try reason(RareCombinations(k: 2), same)
        == "no combination of values is rare: each is in at least 2 rows of the real table")
    #expect(
      try reason(AttributeDisclosure(), same, same)
        == "column 'city' has one value in the real table: there is nothing to disclose")
  }

  @Test("An attack has to show among equally many rows, too, where it depends on how many there are")
  func matched() {
    func rates(_ matched: Double?) -> AttackRates {
      AttackRates(
        main: WilsonInterval(successes: 50, of: 100), control: WilsonInterval(successes: 20, of: 100),
        baseline: WilsonInterval(successes: 1, of: 100), matchedPValue: matched)
    }
    #expect(rates(nil).pValue < 1e-5 && rates(1e-9).pValue == rates(nil).pValue && rates(0.4).pValue == 0.4)
    #expect(AttackRates.greatest([("a", rates(nil))]) != nil && AttackRates.greatest([("a", rates(0.4))]) == nil)
    #expect(rates(0.4).details("")["p-value"] == 0.4 && rates(0.4).risk == rates(nil).risk)
  }
}
