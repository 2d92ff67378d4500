import MynahRandomness
import MynahStatistics
import MynahTables

/// How well the synthetic table links two halves of a person's record: the residual risk of Anonymeter's linkability attack.
///
/// The attacker knows a person's values of two sets of columns without knowing that they are the same person's. For each
/// half the `neighbours` nearest synthetic rows are found by the distance of `NearCopies` over its columns; a link is found
/// where a synthetic row is among those of both. Training rows are the main attack, holdout rows the control, random rows the
/// baseline; the score is (main − control) / (1 − control), not below 0.
///
/// In [0, 1], 0 is best. Anonymeter scales numbers by the range of both searched tables; here it is the training table's.
/// A missing value equals a missing one here and nothing there.
///
/// Reference: M. Giomi et al., "A unified framework for quantifying privacy risk in synthetic data", PoPETs 2023.
public struct Linkability: Metric, Equatable {
  public static var identifier: String { "linkability" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "Linkability" }
  public static var meaning: String {
    "How well an attacker links two halves of a person's record, beyond what is true of anybody."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }
  /// The two sets of columns, neither empty and no column twice; unless given, every other column of the table.
  public var columns: [[String]]?
  /// In 1...100.
  public var neighbours: Int
  /// Rows of the training table and of the holdout that are attacked, at most, in 1...1,000,000; as many of either.
  public var attacks: Int
  /// So many synthetic rows at most are searched; in 1...1,000,000,000.
  public var sample: Int

  public init() { self.init(columns: nil) }

  public init(columns: [[String]]?, neighbours: Int = 1, attacks: Int = 2_000, sample: Int = 50_000) {
    self.sample = sample
    self.columns = columns
    self.neighbours = neighbours
    self.attacks = attacks
  }

  public func validate() throws(MetricError) {
    if let columns {
      guard columns.count == 2, !columns.contains(where: \.isEmpty) else {
        throw wrong("columns", "must be two lists of column names, as in [[age, sex], [city]], got \(columns)")
      }
      if let twice = firstRepeated(columns.flatMap(\.self)) {
        throw wrong("columns", "must name every column once, got '\(twice)' twice")
      }
    }
    try require(neighbours, "neighbours", in: 1...100)
    try require(attacks, "attacks", in: attackLimits)
    try require(sample, "sample", in: rowLimits)
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let tables = try PrivacyTables(synthetic, real, needsHoldout: true)
      let sets = try halves(tables)
      let space = GowerSpace(tables)
      let count = min(max(1, attacks), tables.trainRows, tables.holdoutRows)
      let searched = sampledRows(tables.syntheticRows, most: max(1, sample), using: &random)
      let k = max(1, neighbours)
      // Two sets of k among n rows have k² / n in common by chance. From 1 on, about everybody is linked, and nothing is beyond it.
      guard k == 1 || k <= (searched.count - 1) / k else {
        throw Inapplicable("any two neighbourhoods of \(k) among \(searched.count) synthetic rows meet by chance")
      }
      let searches = sets.map { GowerNeighbors(space.points(of: .synthetic, columns: $0, rows: searched)) }
      func links(_ table: GowerSpace.Source, _ rows: [Int]) -> Double {
        let found = zip(searches, sets).map { search, columns in
          search.neighbors(of: space.points(of: table, columns: columns, rows: rows), k: k)
        }
        let linked = rows.indices.filter { !Set(found[0][$0]).isDisjoint(with: found[1][$0]) }
        return Double(linked.count)
      }
      let main = links(.train, sampledRows(tables.trainRows, most: count, using: &random))
      let control = links(.holdout, sampledRows(tables.holdoutRows, most: count, using: &random))
      var lucky = 0
      for _ in 0..<count {
        let first = Self.draw(k, below: searched.count, using: &random)
        if !first.isDisjoint(with: Self.draw(k, below: searched.count, using: &random)) { lucky += 1 }
      }
      let trials = Double(count)
      let rates = AttackRates(
        main: WilsonInterval(successes: main, of: trials), control: WilsonInterval(successes: control, of: trials),
        baseline: WilsonInterval(successes: Double(lucky), of: trials))
      var details = rates.details("")
      details["attacks"] = trials
      details.addSampling("rows", searched.count, of: tables.syntheticRows)
      return .value(rates.risk, details: details)
    }
  }

  private func halves(_ tables: PrivacyTables) throws(Inapplicable) -> [[Int]] {
    guard let columns else {
      guard tables.names.count > 1 else { throw Inapplicable("a link needs two columns, the table has one") }
      let places = tables.names.indices
      return [places.filter { $0.isMultiple(of: 2) }, places.filter { !$0.isMultiple(of: 2) }]
    }
    guard columns.count == 2, columns.allSatisfy({ !$0.isEmpty }) else {
      throw Inapplicable("linkability needs two sets of columns, got \(columns.count)")
    }
    var halves: [[Int]] = []
    for names in columns {
      var half: [Int] = []
      for name in names { half.append(try tables.index(of: name)) }
      halves.append(half)
    }
    return halves
  }

  private static func draw(_ count: Int, below bound: Int, using random: inout RandomSource) -> Set<Int> {
    var drawn: Set<Int> = []
    // Beyond half of them, this would take long to find the last ones.
    if count > bound / 2 { return Set(random.permutation(bound).prefix(count)) }
    while drawn.count < count { drawn.insert(random.index(below: bound)) }
    return drawn
  }
}
