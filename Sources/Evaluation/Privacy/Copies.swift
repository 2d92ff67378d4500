import MynahRandomness
import MynahTables

/// The share of synthetic rows that are rows of the training table, in every column but identifiers: copies / rows.
/// They are the identical matches of M. Platzer and T. Reutterer, "Holdout-based empirical assessment of mixed-type synthetic
/// data", 2021.
///
/// In [0, 1], 0 is best. Where rows have few columns or levels, rows that nobody has copied agree by chance; how many of the
/// holdout's do is in the details, and by how much the synthetic table exceeds that: (share − chance) / (1 − chance), not
/// below 0. Missing values are equal to one another; a row without any value is no copy.
///
/// `train-duplicates` is the share of training rows that equal another training row, which is as likely by chance as that an
/// unseen row of the same source does: where there are few unseen rows, or none, it says what chance makes. Where far more of
/// the holdout's rows are training rows than that, the holdout is not unseen.
public struct Copies: RowFindingMetric, Equatable {
  public static var identifier: String { "copies" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "Exact copies" }
  public static var meaning: String {
    "Which share of the synthetic rows is a training row."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }

  public init() {}

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let tables = try PrivacyTables(synthetic, real)
      let cells = CellCodes(tables)
      let (ids, count) = cells.classes(Array(tables.names.indices))
      var inTrain = [Int](repeating: 0, count: count)
      for row in cells.train where !cells.isBlank(row) { inTrain[Int(ids[row])] += 1 }
      func copies(_ rows: Range<Int>) -> Int { rows.reduce(0) { $0 + (inTrain[Int(ids[$1])] > 0 ? 1 : 0) } }

      let copied = copies(cells.synthetic)
      let share = Double(copied) / Double(cells.synthetic.count)
      let repeated = inTrain.reduce(0) { $0 + ($1 > 1 ? $1 : 0) }
      var details = [
        "copies": Double(copied), "rows": Double(cells.synthetic.count), "train-rows": Double(cells.train.count),
        "train-duplicates": Double(repeated) / Double(cells.train.count),
      ]
      if !cells.holdout.isEmpty {
        details.addChance(Double(copies(cells.holdout)) / Double(cells.holdout.count), share)
      }
      return .value(share, details: details)
    }
  }

  /// Every copy, with the first training row it is one of.
  public func findings(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> [RowFinding] {
    try findingsIfApplicable {
      let tables = try PrivacyTables(synthetic, real)
      let cells = CellCodes(tables)
      let (ids, count) = cells.classes(Array(tables.names.indices))
      var first = [Int](repeating: -1, count: count)
      for row in cells.train.reversed() where !cells.isBlank(row) { first[Int(ids[row])] = row }
      return cells.synthetic.compactMap { row in
        let original = first[Int(ids[row])]
        guard original >= 0 else { return nil }
        return RowFinding(
          row: row - cells.synthetic.lowerBound, trainRow: original, distance: 0, reason: "is a training row")
      }
    }
  }
}

extension [String: Double] {
  /// What rows that were not copied score, and the excess over it.
  mutating func addChance(_ chance: Double, _ share: Double) {
    self["holdout-share"] = chance
    self["excess"] = chance < 1 ? Swift.max(0, (share - chance) / (1 - chance)) : 0
  }
}
