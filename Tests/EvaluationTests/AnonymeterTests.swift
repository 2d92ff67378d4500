import Foundation
import MynahRandomness
import MynahStatistics
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEvaluation

/// The three attacks beside Anonymeter on real tables, with copies and with CTGAN's rows as the synthetic table, by the
/// rules of Golden/make_anonymeter.py: 1500 training rows, as many of the control, all of them attacked.
@Suite("Attacks succeed as often as Anonymeter's on real tables") struct AnonymeterTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      /// Successes among 1500 training rows, among 1500 control rows and of 1500 random guesses.
      var linkability: [Double]
      /// By secret.
      var inference: [String: [Double]]
      /// By mode: mean shares of 400 conditions over ten runs.
      var singlingOut: [String: [Double]]
      /// All on one column: how many, and how many single out in the training table and in the control.
      var conditions: [Int]

      private enum CodingKeys: String, CodingKey {
        case linkability, inference, conditions
        case singlingOut = "singling-out"
      }
    }
    var cases: [String: Case]

    static func load() throws -> Golden {
      try JSONDecoder().decode(
        Golden.self, from: Data(contentsOf: GoldenTables.folder.appending(path: "anonymeter.json")))
    }
  }

  private struct Trial: Sendable {
    let real: RealData
    let synthetic: Table

    func details(_ metric: any Metric) throws -> [String: Double] {
      var random = RandomSource(seed: 1)
      guard case .value(_, let details) = try metric.score(synthetic, against: real, using: &random) else {
        Issue.record("no score of \(type(of: metric).identifier)")
        return [:]
      }
      return details
    }
  }

  private static let rows = 1500
  private static let names = ["adult", "default", "shoppers"]
  private static let areThere = names.allSatisfy { realTable("\($0)_train.csv") != nil }

  /// By table and kind of synthetic table; read once for all tests.
  private static let trials = Result { try names.reduce(into: [:]) { $0[$1] = try trials(of: $1) } }

  private static func trials(of name: String) throws -> [String: Trial] {
    let table = try RealTables.read(name, try #require(realTable("\(name)_train.csv")))
    let copy = try GoldenTables.noised(table.gathering(Array(0..<4000)))
    let numbers = copy.columns.filter { if case .continuous = $0 { true } else { false } }
    let whole = (0..<copy.rowCount).filter { row in numbers.allSatisfy { $0.validity?[row] ?? true } }.prefix(rows)
    let train = table.gathering(Array(whole))
    let real = RealData(train: train, holdout: table.gathering(Array(8000..<8000 + rows)))
    let tables = [
      "noised": copy.gathering(Array(whole)), "shuffled": try GoldenTables.shuffled(train),
      "peer": try RealTables.peer(name).gathering(Array(0..<rows)),
    ]
    return tables.mapValues { Trial(real: real, synthetic: $0) }
  }

  private func expectOverlap(
    _ found: [String: Double], _ kind: String, _ wanted: WilsonInterval, _ label: String
  ) throws {
    let (low, high) = (try #require(found["\(kind)-low"]), try #require(found["\(kind)-high"]))
    #expect(
      high >= wanted.low && low <= wanted.high,
      "\(label) \(kind) in \(low)...\(high), Anonymeter says \(wanted.low)...\(wanted.high)")
  }

  /// Main and control are of the same rows in both programs. What differs is the range that numbers are divided by (here the
  /// training table's, there that of the rows searched and of the targets) and which of equally near rows is taken. Single
  /// rows change sides by that, 12 of 1500 at most: half of Anonymeter's interval is up to 38 wide. Baselines are drawn.
  private func expectAgreement(_ found: [String: Double], _ golden: [Double], _ label: String) throws {
    for (kind, successes) in zip(["main", "control", "baseline"], golden) {
      let wanted = WilsonInterval(successes: successes, of: Double(Self.rows))
      try expectOverlap(found, kind, wanted, label)
      if kind == "baseline" { continue }
      let rate = try #require(found[kind])
      #expect(abs(rate - wanted.rate) < 0.01, "\(label) \(kind): \(rate), Anonymeter says \(wanted.rate)")
    }
  }

  @Test(.enabled(if: areThere, Comment(rawValue: needsRealTables)), arguments: names)
  func linksAndGuesses(name: String) throws {
    for (kind, trial) in try #require(try Self.trials.get()[name]) {
      let golden = try #require(try Golden.load().cases["\(name)-\(kind)"])
      try expectAgreement(try trial.details(Linkability()), golden.linkability, "\(name)-\(kind) links")
      for (secret, counts) in golden.inference {
        try expectAgreement(try trial.details(Inference(secrets: [secret])), counts, "\(name)-\(kind) \(secret)")
      }
    }
  }

  /// Conditions are drawn: intervals of 400 overlap, which leaves the difference of one run from the mean of ten
  /// 2 · 1.96 / √1.1 = 3.7 of its standard deviations.
  @Test(.enabled(if: areThere, Comment(rawValue: needsRealTables)), arguments: names)
  func conditions(name: String) throws {
    let attacks = 400.0
    for (kind, trial) in try #require(try Self.trials.get()[name]) {
      let golden = try #require(try Golden.load().cases["\(name)-\(kind)"])
      let found = try trial.details(SinglingOut(width: 3, attacks: Int(attacks)))
      for (mode, means) in golden.singlingOut {
        #expect(found["\(mode)-attacks"] == attacks)
        for (attack, mean) in zip(["main", "control", "baseline"], means) {
          let wanted = WilsonInterval(successes: mean * attacks, of: attacks)
          try expectOverlap(found, "\(mode)-\(attack)", wanted, "\(name)-\(kind)")
        }
      }
    }
  }

  /// All conditions on one column, so that nothing is drawn: the same numbers.
  @Test(.enabled(if: areThere, Comment(rawValue: needsRealTables)), arguments: names)
  func allConditionsOnOneColumn(name: String) throws {
    for (kind, trial) in try #require(try Self.trials.get()[name]) {
      let golden = try #require(try Golden.load().cases["\(name)-\(kind)"]).conditions
      // Each is counted in three tables.
      guard golden[0] < 6000 else { continue }
      let tables = try PrivacyTables(trial.synthetic, trial.real)
      let cells = CellCodes(tables)
      let ids = cells.classes(Array(tables.names.indices)).ids
      func distinct(_ range: Range<Int>, _ columns: [Column]) -> QueriedRows {
        var seen: Set<Int32> = []
        let rows = range.filter { seen.insert(ids[$0]).inserted }
        return QueriedRows(
          count: rows.count, codes: cells.columns.map { codes in rows.map { codes[$0] } },
          numbers: columns.map { column in
            column.numbersWithGaps().map { values in rows.map { values[$0 - range.lowerBound] } }
          })
      }
      var random = RandomSource(seed: 1)
      let attacker = SinglingOutQueries(rows: distinct(cells.synthetic, tables.synthetic))
      let queries = attacker.univariate(.max, using: &random)
      let found = [distinct(cells.train, tables.train), distinct(cells.holdout, tables.holdout ?? [])].map { rows in
        queries.count { rows.matches($0, most: 1) == 1 }
      }
      #expect([queries.count] + found == golden, "\(name)-\(kind)")
    }
  }
}
