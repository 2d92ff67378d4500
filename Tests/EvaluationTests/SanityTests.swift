import Foundation
import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEvaluation

/// What has to hold of any metric on any table: copies are caught, unseen rows pass and sit at the ceiling, and who has lost
/// the dependences is found out. Metrics come from `standardMetrics`, so that no new one is forgotten.
@Suite("Sanity on real tables") struct SanityTests {
  private static let targets = [
    "adult": "income", "default": "default payment next month", "shoppers": "Revenue",
  ]
  private static let names = targets.keys.sorted()
  /// Half a minute for each table.
  private static let isLong = ProcessInfo.processInfo.environment["MYNAH_LONG_TESTS"] == "1"
  private static let areThere = names.allSatisfy {
    realTable("\($0)_train.csv") != nil && realTable("\($0)_test.csv") != nil
  }

  /// The first 800 training rows, and two disjoint halves of at most 1200 unseen ones: debug builds are slow. Copies show among
  /// few rows as among many.
  private static func tables(_ name: String) throws -> (real: RealData, unseen: Table) {
    let train = try numbered(RealTables.read(name, try #require(realTable("\(name)_train.csv"))), from: 0)
    let test = try numbered(RealTables.read(name, try #require(realTable("\(name)_test.csv"))), from: 1_000_000)
    let half = min(1200, test.rowCount) / 2
    let real = RealData(
      train: train.gathering(Array(0..<800)), holdout: test.gathering(Array(half..<2 * half)), target: targets[name])
    return (real, test.gathering(Array(0..<half)))
  }

  /// The table with the identifiers that none of these has.
  private static func numbered(_ table: Table, from first: Int64) throws -> Table {
    let numbers = Column.integer((0..<Int64(table.rowCount)).map { first + $0 }, nil)
    return try Table(
      schema: Schema(table.schema.columns + [ColumnSchema(name: "number of the row", kind: .identifier)]),
      columns: table.columns + [numbers])
  }

  /// Fewer attacks, and fewer rows where all are compared with all, take less time.
  private static let metrics = standardMetrics.filter { $0 != Fairness.self }.map { type -> any Metric in
    let lighter: [any Metric] = [
      SinglingOut(width: 3, attacks: 300), Inference(secrets: nil, attacks: 300), Authenticity(mostRows: 300),
      Density(mostRows: 300), NeighbourhoodCoverage(mostRows: 300), MaximumMeanDiscrepancy(mostRows: 300),
    ]
    return lighter.first { Swift.type(of: $0) == type } ?? type.init()
  }

  /// How far two scores in [0, 1] of independent samples of `rows` rows each may lie from one another, where another row in one
  /// row's place moves a score by 1 / `rows` at most: McDiarmid's inequality gives P(difference ≥ t) ≤ 2 exp(−t² rows). All
  /// comparisons of this suite together fail by chance once in a hundred times (Bonferroni).
  ///
  /// Shares, means over rows, areas under curves and total variations move by no more. Correlations may, in a heavy tail, but
  /// they stand in a mean over many pairs.
  private static func bound(rows: Int) -> Double {
    let comparisons = Double(standardMetrics.count * names.count)
    return (log(2 * comparisons / 0.01) / Double(rows)).squareRoot()
  }

  @Test(
    "The training table passed off as synthetic is caught by every metric of privacy",
    .enabled(if: areThere, Comment(rawValue: needsRealTables)), arguments: names)
  func training(name: String) throws {
    let real = try Self.tables(name).real
    let holdoutRows = try #require(real.holdout).rowCount
    for metric in Self.metrics where type(of: metric).family == .privacy {
      let identifier = type(of: metric).identifier
      var random = RandomSource(seed: 1)
      let score = MetricScore(try metric.score(real.train, against: real, using: &random), goal: metric.goal)
      let value = try #require(score.value, "\(name) \(identifier): \(score.reason ?? "")")
      switch PrivacySign.of(identifier, score, holdoutRows: holdoutRows) {
      case .present?: break
      case nil:
        // Without a test of its own it has to be worse than the ceiling by more than chance.
        let yardsticks = try Yardsticks(of: real, by: [metric], using: RandomSource(seed: 1))
        let unseen = try #require(yardsticks.unseen[identifier])
        let shortfall = metric.goal == .maximize ? unseen - value : value - unseen
        #expect(shortfall > Self.bound(rows: holdoutRows), "\(name) \(identifier): \(value), unseen rows \(unseen)")
      case let sign?: Issue.record("\(name) \(identifier): \(sign), \(value), \(score.details ?? [:])")
      }
      if metric is Authenticity { #expect(value == 0) }
    }
  }

  @Test(
    "Unseen rows passed off as synthetic pass every metric of privacy and sit at the ceiling",
    .enabled(if: areThere, Comment(rawValue: needsRealTables)), arguments: isLong ? names : ["shoppers"])
  func unseen(name: String) throws {
    let (real, unseen) = try Self.tables(name)
    let holdoutRows = try #require(real.holdout).rowCount
    let evaluation = try TableEvaluation(of: unseen, against: real, metrics: Self.metrics)
    let scores = evaluation.allScores
    // The ceiling of a metric that needs a holdout is that of half of the holdout's rows.
    let bound = Self.bound(rows: holdoutRows / 2)
    var alarms: [String] = []
    for metric in Self.metrics {
      let identifier = type(of: metric).identifier
      let score = try #require(scores[identifier])
      let value = try #require(score.value, "\(name) \(identifier): \(score.reason ?? "")")
      let ceiling = try #require(score.unseen, "\(name) \(identifier) has no ceiling")
      #expect(abs(value - ceiling) < bound, "\(name) \(identifier): \(value), ceiling \(ceiling)")
      let sign = PrivacySign.of(identifier, score, holdoutRows: holdoutRows)
      if let sign, sign != .absent { alarms.append("\(identifier): \(sign)") }
    }
    // With a false alarm of each test in 1,000 there is one in all three tables together in thirty times, by fixed seeds.
    #expect(alarms == [], "\(name)")
    // Columns of all three tables depend on each other, which their marginals do not know.
    let detection = try #require(scores["detection"])
    #expect(try #require(detection.marginals) > 0.9, "\(name)")
    // An area of n against n rows that nothing tells apart has the variance (2 n + 1) / (12 n²); four deviations.
    let n = Double(min(unseen.rowCount, real.train.rowCount))
    #expect(try #require(detection.value) < 0.5 + 4 * ((2 * n + 1) / (12 * n * n)).squareRoot(), "\(name)")
    let verdict = Verdict(evaluation, holdoutRows: holdoutRows, gates: [])
    #expect(!verdict.headline.text.contains("gives people of the real table away"), "\(verdict.headline.text)")
  }

  @Test(
    "Shuffled columns keep their shapes and lose their trends",
    .enabled(if: areThere, Comment(rawValue: needsRealTables)), arguments: names)
  func shuffled(name: String) throws {
    let real = try Self.tables(name).real
    let evaluation = try TableEvaluation(of: GoldenTables.shuffled(real.train), against: real)
    #expect(abs(try #require(evaluation.quality.shape) - 1) < 1e-12)
    let trend = try #require(evaluation.quality.trend)
    let (floor, ceiling) = (try #require(evaluation.floor?.trend), try #require(evaluation.yardstick?.trend))
    // Nine tenths of what there is to lose.
    #expect(trend < floor + 0.1 * (ceiling - floor), "\(name): \(trend) between \(floor) and \(ceiling)")
    #expect(abs(trend - floor) < Self.bound(rows: real.train.rowCount))
  }
}
