import MynahEvaluation
import MynahRandomness
import MynahTables
import Testing

/// Metrics whose parameters are impossible, used from a program.
@Suite struct ImpossibleParameterTests {
  /// 60 rows of two numbers, levels and whole numbers.
  private static func table() throws -> Table {
    let rows = 0..<60
    return try Table(
      schema: Schema([
        ColumnSchema(name: "a", kind: .continuous), ColumnSchema(name: "b", kind: .categorical),
        ColumnSchema(name: "c", kind: .integer), ColumnSchema(name: "d", kind: .integer),
      ]),
      columns: [
        .continuous(rows.map { Double($0 * 37 % 101) / 8 }, nil),
        .categorical(codes: rows.map { Int32($0 % 3) }, levels: ["x", "y", "z"], nil),
        .integer(rows.map { Int64($0 * 7 % 11) }, nil), .integer(rows.map { Int64($0 * 5 % 13) }, nil),
      ])
  }

  @Test func anEvaluationRefusesThemToo() throws {
    let table = try Self.table()
    let error = MetricError("k-anonymity: k must be from 2 to 1000000, got 0", parameter: "k")
    let (metrics, real) = ([KAnonymity(known: nil, k: 0)], RealData(train: table))
    #expect(throws: error) { try TableEvaluation(of: table, against: real, metrics: metrics) }
    #expect(throws: error) { try Yardsticks(of: real, by: metrics, using: RandomSource(seed: 1)) }
  }

  /// Used without `validate()`, a metric neither traps nor takes forever.
  @Test(arguments: [Int.min, -1, 0, 1 << 62, Int.max]) func nothingTraps(extreme: Int) throws {
    let table = try Self.table()
    let holdout = table.gathering(Array(0..<30))
    let metrics: [any Metric] = [
      JensenShannon(bins: extreme), ThreeWay(bins: extreme), ThreeWay(levels: extreme), ThreeWay(mostTriples: extreme),
      AlphaPrecision(mostRows: extreme), BetaRecall(mostRows: extreme), Authenticity(mostRows: extreme),
      MaximumMeanDiscrepancy(mostRows: extreme), Density(k: extreme), Density(mostRows: extreme),
      NeighbourhoodCoverage(k: extreme), NeighbourhoodCoverage(mostRows: extreme),
      Detection(folds: extreme), Detection(mostRows: extreme), Utility(mostRows: extreme),
      Fairness(sensitive: "b", leastRows: extreme), Fairness(sensitive: "b", leastRows: 1, mostRows: extreme),
      NearCopies(tolerance: Double(extreme)), NearCopies(tolerance: .nan), NearCopies(tolerance: 0, sample: extreme),
      ClosestRecord(sample: extreme), NearestNeighbourRatio(sample: extreme), MembershipInference(sample: extreme),
      SinglingOut(width: extreme), SinglingOut(width: 2, attacks: extreme), SinglingOut(width: 2, sample: extreme),
      Linkability(columns: nil, neighbours: extreme), Linkability(columns: nil, attacks: extreme),
      Linkability(columns: nil, sample: extreme), Linkability(columns: [["a"], ["a"]]),
      Inference(secrets: nil, tolerance: Double(extreme)), Inference(secrets: nil, attacks: extreme),
      Inference(secrets: nil, sample: extreme), Inference(secrets: []),
      RareCombinations(k: extreme), RareCombinations(k: 2, columns: extreme), RareCombinations(k: 2, work: extreme),
      KAnonymity(known: nil, k: extreme), LDiversity(known: nil, l: extreme),
    ]
    for metric in metrics {
      var random = RandomSource(seed: 1)
      let data = RealData(train: table, holdout: holdout, target: "b")
      if case .value(let score, _) = try metric.score(table, against: data, using: &random) {
        #expect(metric.bounds.contains(score), "\(metric)")
      }
    }
  }

  /// Of what is too little or below 0, a pure copy's score would be the best.
  @Test func aCopyIsNoBetterForThem() throws {
    let table = try Self.table()
    for (wrong, right) in [
      (KAnonymity(known: ["c", "d"], k: 0), KAnonymity(known: ["c", "d"], k: 2)) as (any Metric, any Metric),
      (LDiversity(known: ["c", "d"], secret: "b", l: 0), LDiversity(known: ["c", "d"], secret: "b")),
      (NearCopies(tolerance: -1), NearCopies(tolerance: 0)),
    ] {
      var (first, second) = (RandomSource(seed: 1), RandomSource(seed: 1))
      let score = try wrong.score(table, against: RealData(train: table), using: &first)
      guard case .value(let value, _) = score,
        case .value(let own, _) = try right.score(
          table, against: RealData(train: table), using: &second)
      else {
        Issue.record("\(wrong) has no score")
        continue
      }
      #expect(value == own && value > 0, "\(wrong)")
    }
  }

  /// A pure copy would have no risk if everybody were linked by chance. 8² ≥ 60 > 7².
  @Test func neighbourhoodsDoNotMeetByChance() throws {
    let table = try Self.table()
    let data = RealData(train: table, holdout: table.gathering(Array(0..<30)))
    var random = RandomSource(seed: 1)
    let score = try Linkability(columns: nil, neighbours: 8).score(table, against: data, using: &random)
    #expect(score == .notApplicable(reason: "any two neighbourhoods of 8 among 60 synthetic rows meet by chance"))
    guard case .value = try Linkability(columns: nil, neighbours: 7).score(table, against: data, using: &random) else {
      Issue.record("7 of 60 are allowed")
      return
    }
  }
}
