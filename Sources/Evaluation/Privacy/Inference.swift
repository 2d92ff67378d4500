import MynahRandomness
import MynahStatistics
import MynahTables

/// How well the synthetic table tells what a person keeps secret: the residual risk of Anonymeter's inference attack.
///
/// The attacker knows a person's values of all columns but one, finds the nearest synthetic row by the distance of
/// `NearCopies`, and guesses that the secret is that row's. A guess of a level or a datetime is right where it is equal, of a
/// number where |guess − secret| ≤ tolerance · |guess|; that a value is missing can be guessed like any other. Training rows
/// are the main attack, holdout rows the control, the secrets of random synthetic rows the baseline, and the risk is
/// (main − control) / (1 − control), not below 0.
///
/// The score is the greatest risk among the secrets for which main exceeds control beyond chance (one-sided test of two rates
/// at 5 %, corrected for the number of secrets), 0 where there is none. In [0, 1], 0 is best. The details hold
/// `<column>-risk` with its interval for each secret, and the rates of the secret that gives the score, or else of the surest.
/// Columns that hold the same value in all training rows are no secrets.
///
/// Reference: M. Giomi et al., "A unified framework for quantifying privacy risk in synthetic data", PoPETs 2023.
public struct Inference: Metric, Equatable {
  public static var identifier: String { "inference" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "Inference" }
  public static var meaning: String {
    "How well an attacker guesses a person's secret, beyond what is true of anybody."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }
  /// Columns that are guessed, at least one and none twice; all unless given.
  public var secrets: [String]?
  /// Of a number that is guessed, in 0...1.
  public var tolerance: Double
  /// Rows of the training table and of the holdout that are attacked for each secret, at most, in 1...1,000,000; as many of
  /// either.
  public var attacks: Int
  /// So many synthetic rows at most are searched; in 1...1,000,000,000.
  public var sample: Int

  public init() { self.init(secrets: nil) }

  public init(secrets: [String]?, tolerance: Double = 0.05, attacks: Int = 2_000, sample: Int = 50_000) {
    self.sample = sample
    self.secrets = secrets
    self.tolerance = tolerance
    self.attacks = attacks
  }

  public func validate() throws(MetricError) {
    try requireColumns(secrets, "secrets")
    try requireShare(tolerance, "tolerance")
    try require(attacks, "attacks", in: attackLimits)
    try require(sample, "sample", in: rowLimits)
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let tables = try PrivacyTables(synthetic, real, needsHoldout: true)
      guard tables.names.count > 1 else {
        throw Inapplicable("a guess needs two columns, the table has one")
      }
      var chosen = Array(tables.names.indices)
      if let secrets {
        chosen = []
        for name in secrets { chosen.append(try tables.index(of: name)) }
      }
      let space = GowerSpace(tables)
      let cells = CellCodes(tables)
      let searched = sampledRows(tables.syntheticRows, most: max(1, sample), using: &random)
      var results: [(name: String, rates: AttackRates)] = []
      for secret in chosen where Set(cells.columns[secret][cells.train]).count > 1 {
        results.append((tables.names[secret], attack(secret, tables, space, cells, searched, &random)))
      }
      guard let summary = AttackRates.summary(results) else {
        throw Inapplicable("no column has two values in the real table: there is nothing to guess")
      }
      var details = summary.details
      for (name, rates) in results {
        details["\(name)-risk"] = rates.risk
        details["\(name)-risk-low"] = rates.riskLow
        details["\(name)-risk-high"] = rates.riskHigh
      }
      details["attacks"] = Double(min(max(1, attacks), tables.trainRows, tables.holdoutRows))
      details.addSampling("rows", searched.count, of: tables.syntheticRows)
      return .value(summary.risk, details: details)
    }
  }

  private func attack(
    _ secret: Int, _ tables: PrivacyTables, _ space: GowerSpace, _ cells: CellCodes, _ searched: [Int],
    _ random: inout RandomSource
  ) -> AttackRates {
    let known = tables.names.indices.filter { $0 != secret }
    let count = min(max(1, attacks), tables.trainRows, tables.holdoutRows)
    let search = GowerNeighbors(space.points(of: .synthetic, columns: known, rows: searched))
    let holdout = tables.holdout?[secret] ?? tables.train[secret]
    let isNumber = tables.kinds[secret] != .datetime && !tables.train[secret].isDiscrete

    func isRight(_ guess: Int, _ column: Column, _ row: Int, _ start: Int) -> Bool {
      let codes = cells.columns[secret]
      if codes[cells.synthetic.lowerBound + guess] == codes[start + row] { return true }
      guard isNumber, let guessed = tables.synthetic[secret].number(at: guess), let value = column.number(at: row)
      else {
        return false
      }
      return abs(guessed - value) <= max(0, tolerance) * abs(guessed)
    }
    func rate(_ table: GowerSpace.Source, _ column: Column, _ start: Int, _ random: inout RandomSource)
      -> WilsonInterval
    {
      let rows = sampledRows(column.count, most: count, using: &random)
      let found = search.neighbors(of: space.points(of: table, columns: known, rows: rows), k: 1).indices
      let right = zip(rows, found).filter { isRight(searched[Int($1)], column, $0, start) }
      return WilsonInterval(successes: Double(right.count), of: Double(count))
    }
    let main = rate(.train, tables.train[secret], cells.train.lowerBound, &random)
    let control = rate(.holdout, holdout, cells.holdout.lowerBound, &random)
    var lucky = 0
    for row in sampledRows(tables.trainRows, most: count, using: &random) {
      let guess = searched[random.index(below: searched.count)]
      if isRight(guess, tables.train[secret], row, cells.train.lowerBound) { lucky += 1 }
    }
    return AttackRates(
      main: main, control: control, baseline: WilsonInterval(successes: Double(lucky), of: Double(count)))
  }
}
