import MynahClassifiers
import MynahRandomness
import MynahStatistics
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEvaluation

@Suite struct PrivacyMetricsTests {
  /// The details of a score, with the score itself as "value".
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

  private func reason(_ metric: any Metric, _ synthetic: Table, _ real: RealData) throws -> String? {
    var random = RandomSource(seed: 1)
    if case .notApplicable(let reason) = try metric.score(synthetic, against: real, using: &random) { return reason }
    return nil
  }

  @Test func conformance() {
    #expect(checkMetric(Copies(), rewardsCopies: false) == [])
    #expect(checkMetric(NearCopies(), rewardsCopies: false) == [])
    #expect(checkMetric(ClosestRecord(), rewardsCopies: false) == [])
    #expect(checkMetric(ClosestRecord(sample: 50), rewardsCopies: false) == [])
    #expect(checkMetric(NearestNeighbourRatio(), rewardsCopies: false) == [])
    #expect(checkMetric(MembershipInference(), rewardsCopies: false) == [])
  }

  // MARK: the training table and the holdout passed off as synthetic

  private static let train = try? PrivacyGolden.people(0, 600)
  private static let holdout = try? PrivacyGolden.people(10000, 500)

  @Test func copiesAreCaught() throws {
    let (train, holdout) = try (#require(Self.train), #require(Self.holdout))
    // The two rows of extremes are in every table.
    let chance = 2.0 / 500
    for metric in [Copies() as any Metric, NearCopies()] {
      let caught = try details(metric, train, train, holdout)
      #expect(caught["value"] == 1)
      #expect(caught["holdout-share"] == chance)
      #expect(caught["excess"] == 1)
      let passed = try details(metric, holdout, train, holdout)
      #expect(passed["value"] == chance)
      #expect(passed["excess"] == 0)
    }
  }

  @Test func nearCopiesThatAreNoCopies() throws {
    let (train, holdout) = try (#require(Self.train), #require(Self.holdout))
    // A third of the rows and the two extremes are 201.
    let near = try details(NearCopies(), PrivacyGolden.mimics(600), train, holdout)
    #expect(near["near-copies"] == 201)
    #expect(near["value"] == 201.0 / 600)
    #expect(try details(NearCopies(tolerance: 0), PrivacyGolden.mimics(600), train, holdout)["near-copies"] ?? 9 < 9)
    let some = try details(NearCopies(tolerance: 0.001, sample: 100), PrivacyGolden.mimics(600), train, holdout)
    #expect(some["rows"] == 100)
    #expect(some["rows-sampled-from"] == 600)
    #expect(near["rows-sampled-from"] == nil)
  }

  @Test func closenessIsCaught() throws {
    let (train, holdout) = try (#require(Self.train), #require(Self.holdout))
    let caught = try details(ClosestRecord(), train, train, holdout)
    // 500 of the 600 rows take part and find themselves; the others find somebody.
    #expect(try #require(caught["value"]) > 500.0 / 600)
    #expect(try #require(caught["p-value"]) < 1e-10)
    #expect(try #require(caught["share-low"]) > 0.7)
    #expect(caught["train-median"] == 0)
    #expect(try #require(caught["holdout-median"]) > 0.01)
    let passed = try details(ClosestRecord(), holdout, train, holdout)
    #expect(try #require(passed["value"]) < 0.05)
    #expect(try #require(passed["p-value"]) > 0.99)
    // Rows of a third sample, near to neither: the interval at 95 %, with a fixed seed.
    let other = try details(ClosestRecord(), PrivacyGolden.people(40000, 600), train, holdout)
    #expect(try #require(other["p-value"]) > 0.025)
    #expect(try #require(other["share-low"]) < 0.5)
    #expect(try #require(other["independent-rows"]) < 600)
  }

  @Test func syntheticRowsThatShareARealRowAreOneObservation() {
    // Three rows at training row 0, one at holdout row 5, a tie: z = (3 − 1) / √(9 + 1).
    let train = Neighbors(k: 1, indices: [0, 0, 0, 1, 2], distances: [0.1, 0.1, 0.1, 0.5, 0.3])
    let holdout = Neighbors(k: 1, indices: [5, 6, 7, 5, 5], distances: [0.2, 0.2, 0.2, 0.2, 0.3])
    let comparison = ClosestRecord.Comparison(train, holdout)
    #expect(comparison.share == 3.5 / 5)
    #expect(comparison.ties == 1)
    #expect(abs(comparison.independentRows - 1.6) < 1e-12)
    #expect(abs(comparison.pValue - (1 - StandardNormal.cumulative(2 / 10.0.squareRoot()))) < 1e-12)
  }

  @Test func ratiosAreCaught() throws {
    let (train, holdout) = try (#require(Self.train), #require(Self.holdout))
    let caught = try details(NearestNeighbourRatio(), train, train, holdout)
    #expect(caught["value"] == 0)
    #expect(try #require(caught["excess"]) > 0.5)
    let passed = try details(NearestNeighbourRatio(), holdout, train, holdout)
    #expect(try #require(passed["value"]) > 0.5)
    #expect(passed["value"] == passed["holdout-median"] && passed["excess"] == 0)
    // Few unseen rows hide no copies: every training row is looked for.
    #expect(try details(NearestNeighbourRatio(), train, train, holdout.gathering([5, 6, 7]))["value"] == 0)
    #expect(try details(NearestNeighbourRatio(), train, train, nil)["excess"] == nil)
    let ratios = NearestNeighbourRatio.ratios(
      Neighbors(k: 2, indices: Array(0..<6), distances: [0.1, 0.2, 0, 0, 0, 0.3]))
    #expect(ratios == [0, 0.5, 1])
  }

  @Test func membersAreCaught() throws {
    let (train, holdout) = try (#require(Self.train), #require(Self.holdout))
    let caught = try details(MembershipInference(), train, train, holdout)
    for attack in ["distance", "density-ratio"] {
      #expect(try #require(caught["\(attack)-area"]) > 0.99)
      #expect(try #require(caught["\(attack)-area-low"]) > 0.95)
      #expect(try #require(caught["\(attack)-found-at-1%"]) > 0.9)
      // 250 others cannot show a rate of one in a thousand.
      #expect(caught["\(attack)-found-at-0.1%"] == nil)
    }
    let passed = try details(MembershipInference(), holdout, train, holdout)
    #expect(try #require(passed["value"]) < 0.1)
    let other = try details(MembershipInference(), PrivacyGolden.people(40000, 600), train, holdout)
    #expect(try #require(other["distance-area-low"]) < 0.5)
    #expect(try #require(other["distance-area-high"]) > 0.5)
    #expect(try #require(other["density-ratio-area-low"]) < 0.5)
  }

  // MARK: bad input

  @Test func saysWhyThereIsNoScore() throws {
    let (train, holdout) = try (#require(Self.train), #require(Self.holdout))
    let alone = RealData(train: train)
    for metric in [ClosestRecord() as any Metric, MembershipInference()] {
      #expect(try #require(try reason(metric, train, alone)).hasPrefix("there is no holdout"))
      let empty = RealData(train: train, holdout: holdout.gathering([]))
      #expect(try reason(metric, train, empty) == "the holdout has no rows")
    }
    #expect(try reason(Copies(), train, alone) == nil)
    #expect(try reason(NearCopies(), train.gathering([]), alone) == "the synthetic table has no rows")
    #expect(try reason(NearCopies(), train, RealData(train: train.gathering([]))) == "the real table has no rows")
  }

  @Test func columnsOfAnotherKindAreLeftOut() throws {
    let words = GoldenTables.categories(["1", "2"], ["1", "2"])
    let real = try GoldenTables.table([
      ("a", .continuous, GoldenTables.numbers([1, 2])), ("b", .continuous, GoldenTables.numbers([1, 2])),
    ])
    let mixed = try GoldenTables.table([
      ("b", .categorical, words), ("a", .continuous, GoldenTables.numbers([2, 5])),
    ])
    #expect(try details(Copies(), mixed, real, nil)["value"] == 0.5)
    let other = try GoldenTables.table([("a", .categorical, words), ("b", .categorical, words)])
    #expect(try reason(Copies(), other, RealData(train: real)) == "no column can be compared")
    let holdout = try GoldenTables.table([("a", .continuous, GoldenTables.numbers([1]))])
    #expect(throws: TableError("the holdout lacks the column 'b' of the real table")) {
      try reason(Copies(), real, RealData(train: real, holdout: holdout))
    }
  }

  @Test func equalCells() throws {
    let real = try GoldenTables.table([
      ("x", .continuous, GoldenTables.numbers([0, nil, 3, nil])),
      ("y", .categorical, GoldenTables.categories(["a", "b"], ["a", "b", nil, nil])),
    ])
    // −0 is 0, levels count by name, missing equals missing; a row without any value is no copy.
    let synthetic = try GoldenTables.table([
      ("x", .continuous, GoldenTables.numbers([-0.0, nil, 3, nil, 0])),
      ("y", .categorical, GoldenTables.categories(["c", "b", "a"], ["a", "b", nil, nil, "c"])),
    ])
    #expect(try details(Copies(), synthetic, real, nil)["copies"] == 3)

    // Neighbours that are one double; beside doubles they are doubles.
    let large: Int64 = 9_007_199_254_740_992
    let accounts = try GoldenTables.table([("x", .integer, .integer([large, 7], nil))])
    let others = try GoldenTables.table([("x", .integer, .integer([large + 1, 7], nil))])
    #expect(try details(Copies(), others, accounts, nil)["copies"] == 1)
    let doubles = try GoldenTables.table([("x", .continuous, GoldenTables.numbers([Double(large), 7]))])
    #expect(try details(Copies(), doubles, accounts, nil)["copies"] == 2)
  }

  // MARK: other programs

  @Test func distancesAreThoseOfSDMetrics() throws {
    let expected = try #require(try PrivacyGolden.file().closest["small"])
    try expect(GoldenTables.small(firstRow: 5000, scale: 1.25), GoldenTables.small(firstRow: 0, scale: 1), expected)
  }

  private static let names = ["adult", "default", "shoppers"]

  @Test(
    .enabled(if: names.allSatisfy { realTable("\($0)_train.csv") != nil }, Comment(rawValue: needsRealTables)),
    arguments: names)
  func distancesOfRealTablesAreThoseOfSDMetrics(name: String) throws {
    let table = try RealTables.read(name, #require(realTable("\(name)_train.csv")))
    let others = table.gathering(Array(400..<4400))
    let copies = [
      "noised": try GoldenTables.noised(table), "shuffled": try GoldenTables.shuffled(table),
      "peer": try RealTables.peer(name),
    ]
    for (kind, copy) in copies {
      let expected = try #require(try PrivacyGolden.file().closest["\(name)-\(kind)"])
      try expect(copy.gathering(Array(0..<400)), others, expected)
    }
  }

  private func expect(_ synthetic: Table, _ train: Table, _ expected: [Double]) throws {
    let space = GowerSpace(try PrivacyTables(synthetic, RealData(train: train)))
    let found = GowerNeighbors(space.train).neighbors(of: space.synthetic, k: 1).distances
    #expect(found.count == expected.count)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-11 })
  }

  @Test func areaIsScikitLearns() throws {
    let members = GoldenTables.hashes(0..<300, 0).map { Double($0 % 40) }
    let others = GoldenTables.hashes(0..<300, 1).map { Double($0 % 30) }
    let attack = RankedAttack(members: members, others: others)
    #expect(try abs(attack.area - PrivacyGolden.file().area) < 1e-12)
    #expect(
      abs(
        attack.area
          - RankedScores(
            scores: members + others, isPositive: members.map { _ in true } + others.map { _ in false }
          ).curve().rocAUC) < 1e-12)
    // Two and two, by hand: placements 1/2 and 1 of members, 1 and 1/2 of others; each variance 1/8.
    let small = RankedAttack(members: [1, 3], others: [0, 2])
    #expect(small.area == 0.75)
    #expect(abs(small.standardError - 0.125.squareRoot()) < 1e-12)
  }
}
