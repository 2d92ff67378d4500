import MynahParallelism
import MynahRandomness
import MynahStatistics
import MynahTables

/// How well the synthetic table tells what describes one single person: the residual risk of Anonymeter's singling-out attack.
///
/// The attacker collects conditions that exactly one synthetic row meets, and guesses that exactly one person does:
/// `univariate` on one column (a value that occurs once, the least, the greatest), `multivariate` on `width` columns (a
/// row's levels, and numbers as far from the median as the row's). The main attack counts those that one training row meets,
/// the control those that one holdout row meets, corrected for the size of the two tables, and the baseline conditions put
/// together at random. The risk is (main − control) / (1 − control), not below 0; the score is the greater risk of the modes
/// of which main exceeds control beyond chance (one-sided test of two rates at 5 %, corrected for their number), 0 where there
/// is none. In [0, 1], 0 is best.
///
/// The correction is a model, which on real tables errs by more than chance, and conditions that single out the same row are one
/// observation, not many. So main has to exceed control among equally many rows of both as well, where nothing is corrected and
/// a row counts once; the p-value of a mode is the greater of the two.
///
/// As in Anonymeter, equal rows of a table count once. Rates are of the conditions that were found; Anonymeter's of those asked
/// for, which are more where a table is small. Datetimes are numbers here. The details hold the rates of the mode that gives
/// the score, or else of the surest, and those of each after its name.
///
/// Reference: M. Giomi et al., "A unified framework for quantifying privacy risk in synthetic data", PoPETs 2023.
public struct SinglingOut: Metric, Equatable {
  public static var identifier: String { "singling-out" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "Singling out" }
  public static var meaning: String {
    "How well an attacker describes one single person, beyond what is true of anybody."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }
  /// Columns of a multivariate condition, in 1...1000.
  public var width: Int
  /// Conditions of each mode, at most; in 1...1,000,000.
  public var attacks: Int
  /// So many rows of each table at most take part; in 1...1,000,000,000.
  public var sample: Int

  public init() { self.init(width: 3) }

  public init(width: Int, attacks: Int = 2_000, sample: Int = 50_000) {
    self.width = width
    self.attacks = attacks
    self.sample = sample
  }

  public func validate() throws(MetricError) {
    try require(width, "width", in: 1...1000)
    try require(attacks, "attacks", in: attackLimits)
    try require(sample, "sample", in: rowLimits)
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let tables = try PrivacyTables(synthetic, real, needsHoldout: true)
      let cells = CellCodes(tables)
      let all = Array(tables.names.indices)
      let ids = cells.classes(all).ids
      var details: [String: Double] = [:]
      func distinct(_ name: String, _ range: Range<Int>, _ columns: [Column]) -> QueriedRows {
        let sampled = sampledRows(range.count, most: max(1, sample), using: &random)
        if sampled.count < range.count { details.addSampling("\(name)-rows", sampled.count, of: range.count) }
        var seen: Set<Int32> = []
        let rows = sampled.filter { seen.insert(ids[range.lowerBound + $0]).inserted }
        return QueriedRows(
          count: rows.count, codes: all.map { j in rows.map { cells.columns[j][range.lowerBound + $0] } },
          numbers: columns.map { column in column.numbersWithGaps().map { values in rows.map { values[$0] } } })
      }
      let train = distinct("train", cells.train, tables.train)
      let control = distinct("holdout", cells.holdout, tables.holdout ?? [])
      let attacker = SinglingOutQueries(rows: distinct("synthetic", cells.synthetic, tables.synthetic))

      let columns = min(max(1, width), all.count)
      let modes = [
        ("univariate", attacker.univariate(max(1, attacks), using: &random), 1),
        ("multivariate", attacker.multivariate(max(1, attacks), width: columns, using: &random), columns),
      ]
      let matched = matched(train, control, using: &random)
      var results: [(name: String, rates: AttackRates)] = []
      for (name, queries, width) in modes where !queries.isEmpty {
        let guesses = attacker.guesses(queries.count, width: width, using: &random)
        results.append((name, rates(queries, guesses, train, control, matched)))
        details["\(name)-attacks"] = Double(queries.count)
      }
      guard let summary = AttackRates.summary(results) else {
        throw Inapplicable("no condition singles out a synthetic row")
      }
      details.merge(summary.details) { first, _ in first }
      for (name, rates) in results { details.merge(rates.details("\(name)-")) { first, _ in first } }
      return .value(summary.risk, details: details)
    }
  }

  private func rates(
    _ queries: [RowQuery], _ guesses: [RowQuery], _ train: QueriedRows, _ control: QueriedRows,
    _ matched: (train: QueriedRows, control: QueriedRows)
  ) -> AttackRates {
    let trials = Double(queries.count)
    func singled(_ queries: [RowQuery], _ rows: QueriedRows) -> Double {
      Double(parallelMap(queries.count) { rows.matches(queries[$0], most: 1) }.lazy.filter { $0 == 1 }.count)
    }
    let matches = parallelMap(queries.count) { control.matches(queries[$0]) }
    var held = Double(matches.lazy.filter { $0 == 1 }.count)
    if control.count != train.count {
      held *= PopulationCorrection(matches: matches, population: control.count)
        .factor(from: control.count, to: train.count)
    }
    var rates = AttackRates(
      main: WilsonInterval(successes: singled(queries, train), of: trials),
      control: WilsonInterval(successes: min(trials, held), of: trials),
      baseline: WilsonInterval(successes: singled(guesses, train), of: trials))
    rates.matchedPValue = Self.chance(queries, matched.train, matched.control)
    return rates
  }

  /// The chance that training rows are singled out so much more often than as many control rows, were both of one source.
  ///
  /// Conditions are not independent: a row that stands out meets many, and counts once.
  private static func chance(_ queries: [RowQuery], _ train: QueriedRows, _ control: QueriedRows) -> Double {
    let singled = parallelMap(queries.count) { (train.single(queries[$0]), control.single(queries[$0])) }
    var (atTrain, atControl): ([Int: Double], [Int: Double]) = ([:], [:])
    for (first, second) in singled {
      if let first { atTrain[first, default: 0] += 1 }
      if let second { atControl[second, default: 0] += 1 }
    }
    return ClusteredComparison(train: atTrain.values, others: atControl.values).pValue
  }

  /// Equally many rows of either.
  private func matched(
    _ train: QueriedRows, _ control: QueriedRows, using random: inout RandomSource
  ) -> (train: QueriedRows, control: QueriedRows) {
    let count = min(train.count, control.count)
    func drawn(_ rows: QueriedRows) -> QueriedRows {
      rows.count > count ? rows.gathering(sampledRows(rows.count, most: count, using: &random)) : rows
    }
    return (drawn(train), drawn(control))
  }
}
