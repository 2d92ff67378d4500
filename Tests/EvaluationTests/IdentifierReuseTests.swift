import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEvaluation

/// Names of records that a synthetic table has from the training table.
@Suite struct IdentifierReuseTests {
  private let metric = IdentifierReuse()

  private func score(_ synthetic: Table, _ train: Table, _ holdout: Table? = nil) throws -> Score {
    var random = RandomSource(seed: 1)
    return try metric.score(synthetic, against: RealData(train: train, holdout: holdout), using: &random)
  }

  private func figures(_ synthetic: Table, _ train: Table, _ holdout: Table? = nil) throws -> [String: Double] {
    guard case .value(let value, let details) = try score(synthetic, train, holdout) else { return [:] }
    return details.merging(["value": value]) { own, _ in own }
  }

  private func findings(_ synthetic: Table, _ train: Table) throws -> [RowFinding] {
    var random = RandomSource(seed: 1)
    return try metric.findings(synthetic, against: RealData(train: train), using: &random)
  }

  private static func texts(_ values: [String?]) -> Column {
    var levels: [String] = []
    for case let value? in values where !levels.contains(value) { levels.append(value) }
    return GoldenTables.categories(levels, values)
  }

  /// Customers with a number, a card and an age.
  private func customers(_ numbers: [Int64], _ cards: [String?], named name: String = "card") throws -> Table {
    try GoldenTables.table([
      ("number", .identifier, .integer(numbers, nil)), (name, .identifier, Self.texts(cards)),
      ("age", .integer, .integer(numbers.map { _ in 30 }, nil)),
    ])
  }

  @Test func conforms() throws {
    #expect(checkMetric(metric, rewardsCopies: false) == [])
    let cards = (0..<40).map { $0 % 9 == 0 ? nil : "c\($0)" }
    #expect(checkMetric(metric, rewardsCopies: false, on: try customers(Array(1...40), cards)) == [])
  }

  @Test("A row counts once, whichever of its identifiers is somebody's; a missing one is nobody's")
  func reuse() throws {
    let train = try customers([1, 2, 3, 2], ["a", "b", nil, "d"])
    let synthetic = try customers([9, 3, 2, 8, 7], ["d", "x", "b", nil, "A"])
    // Row 0 has the card of row 3, row 1 the number of row 2, row 2 the card of row 1 and its number, which row 3 has, too.
    let found = try figures(synthetic, train)
    #expect(found == ["value": 0.6, "reused": 3, "rows": 5, "number": 0.4, "card": 0.4])
    let reason = "repeats an identifier of the training table"
    #expect(
      try findings(synthetic, train) == [
        RowFinding(row: 0, trainRow: 3, reason: reason), RowFinding(row: 1, trainRow: 2, reason: reason),
        RowFinding(row: 2, trainRow: 1, reason: reason),
      ])
  }

  @Test func trainingRowsAndFreshNames() throws {
    let train = try customers([1, 2, 3, 4], ["a", "b", "c", "d"])
    #expect(try figures(train, train)["value"] == 1)
    let fresh = try customers([5, 6, 7, 8], ["e", "f", "g", "h"])
    #expect(try figures(fresh, train)["value"] == 0)
    #expect(try findings(fresh, train).isEmpty)
  }

  @Test("What unseen rows reuse is chance, and the excess is over it") func chance() throws {
    let train = try customers([1, 2, 3, 4], ["a", "b", "c", "d"])
    let holdout = try customers([4, 5, 6, 7], ["e", "f", "g", nil])
    let synthetic = try customers([1, 2, 8, 9], ["p", "q", "r", "s"])
    let found = try figures(synthetic, train, holdout)
    #expect(found["value"] == 0.5 && found["holdout-share"] == 0.25)
    #expect(try abs(#require(found["excess"]) - 1.0 / 3) < 1e-12)
    #expect(try figures(holdout, train, holdout)["excess"] == 0)
    #expect(try figures(synthetic, train, holdout.gathering([]))["holdout-share"] == nil)
  }

  @Test("Numbers and texts of one form are one identifier") func mixedForms() throws {
    func table(_ column: Column) throws -> Table { try GoldenTables.table([("key", .identifier, column)]) }
    let numbers = try table(.integer([7, 8, 0], Validity([true, true, false])))
    let texts = try table(Self.texts(["8", "x", "0", "007", nil]))
    #expect(try figures(texts, numbers)["reused"] == 1)
    #expect(try findings(texts, numbers).map(\.trainRow) == [1])
    #expect(try figures(numbers, texts)["reused"] == 1)
    #expect(try figures(table(.continuous([8, 7.5, 1e300], nil)), texts)["reused"] == 1)
    // Neighbours that are one double.
    let large: Int64 = 9_007_199_254_740_992
    #expect(try figures(table(.integer([large + 1], nil)), table(.integer([large], nil)))["reused"] == 0)
  }

  @Test("A column that is named like a figure does not hide it") func names() throws {
    let train = try customers([1, 2], ["a", "b"], named: "rows")
    #expect(try figures(try customers([1, 5], ["p", "q"], named: "rows"), train)["rows"] == 2)
  }

  @Test func saysWhyThereIsNoScore() throws {
    let people = try PrivacyGolden.people(0, 10)
    #expect(try score(people, people) == .notApplicable(reason: "no column is an identifier"))
    #expect(try findings(people, people).isEmpty)
    let train = try customers([1, 2], ["a", "b"])
    #expect(try score(train.gathering([]), train) == .notApplicable(reason: "the synthetic table has no rows"))
    #expect(try score(train, train.gathering([])) == .notApplicable(reason: "the real table has no rows"))
    let holdout = try GoldenTables.table([("number", .identifier, .integer([1], nil))])
    #expect(throws: TableError("the holdout lacks the column 'card' of the real table")) {
      try score(train, train, holdout)
    }
  }

  @Test("The verdict names reuse beyond chance, and without unseen rows any; tables without identifiers have no gap")
  func verdict() throws {
    let train = try customers(Array(1...40), (1...40).map { "c\($0)" })
    func verdict(_ synthetic: Table, _ train: Table, _ holdout: Table?) throws -> PrivacyVerdict {
      let scored = try MetricScore(score(synthetic, train, holdout), goal: .minimize)
      return PrivacyVerdict(["identifier-reuse": scored], holdoutRows: holdout?.rowCount, guarantee: nil)
    }
    let fresh = try customers(Array(101...140), (101...140).map { "c\($0)" })
    let cases = [
      (fresh, ", by chance 0.00\u{202F}%."), (nil, ", with no unseen rows to tell what chance makes."),
    ]
    for (holdout, chance) in cases {
      let told = try verdict(train, train, holdout).sentences
      #expect(told.map(\.standing) == [.bad])
      #expect(told.first?.text == "It repeats identifiers of the training table: 100.00\u{202F}%\(chance)")
    }
    #expect(try verdict(fresh, train, nil).sentences.isEmpty)
    #expect(try verdict(train, train, train).sentences.isEmpty)
    let people = try PrivacyGolden.people(0, 10)
    #expect(try verdict(people, people, nil).gaps.isEmpty)
  }
}
