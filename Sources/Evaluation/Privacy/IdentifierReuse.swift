import MynahRandomness
import MynahTables

/// The share of synthetic rows that carry an identifier of the training table: rows with a value, in any column that is an
/// identifier there, which occurs in the training table's same column / rows.
///
/// In [0, 1], 0 is best. Every other metric leaves identifiers out, since Mynah makes them anew; a table that was made
/// otherwise may repeat them, and a name that is somebody's points at that person, whatever else the row says. Short numbers
/// agree by chance: how many of the holdout's rows do is in the details, and by how much the synthetic table exceeds that,
/// (share − chance) / (1 − chance), not below 0. Details: `reused`, `rows`, and the share of each column under its name, where
/// that is no other detail's. Missing identifiers are nobody's. Values are compared exactly, as texts where one table holds
/// numbers and another texts.
///
/// Reference: Article 29 Data Protection Working Party, "Opinion 05/2014 on Anonymisation Techniques" (2014), on singling out
/// and linkability.
public struct IdentifierReuse: RowFindingMetric, Equatable {
  public static var identifier: String { "identifier-reuse" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "Reused identifiers" }
  public static var meaning: String {
    "Which share of the synthetic rows carries an identifier of a training row."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }

  public init() {}

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let columns = try Self.columns(synthetic, real)
      func share(_ rows: Int, _ isReused: (Int) -> Bool) -> Double {
        Double((0..<rows).count(where: isReused)) / Double(rows)
      }
      let rows = synthetic.rowCount
      let value = share(rows) { row in columns.contains { $0.synthetic[row] != nil } }
      var own = ["reused": (value * Double(rows)).rounded(), "rows": Double(rows)]
      if let unseen = real.holdout?.rowCount, unseen > 0 {
        own.addChance(share(unseen) { row in columns.contains { $0.holdout[row] != nil } }, value)
      }
      let shares = columns.map { column in (column.name, share(rows) { column.synthetic[$0] != nil }) }
      return .value(value, details: Dictionary(shares) { first, _ in first }.merging(own) { _, own in own })
    }
  }

  /// Every row with such an identifier, with the first training row that has it.
  public func findings(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> [RowFinding] {
    try findingsIfApplicable {
      let columns = try Self.columns(synthetic, real)
      return (0..<synthetic.rowCount).compactMap { row in
        guard let original = columns.lazy.compactMap({ $0.synthetic[row] }).first else { return nil }
        return RowFinding(row: row, trainRow: original, reason: "repeats an identifier of the training table")
      }
    }
  }

  /// For each row of a table, the first training row with its identifier.
  private struct Reuse {
    let name: String
    let synthetic: [Int?]
    let holdout: [Int?]

    init(_ column: AlignedColumn, _ control: Column?) {
      name = column.name
      let tables = [column.real, column.synthetic] + (control.map { [$0] } ?? [])
      let isAlike = tables.allSatisfy(\.isDiscrete) || !tables.contains(where: \.isDiscrete)
      let (codes, count) = CellCodes.codes(of: isAlike ? tables : tables.map(\.asTexts))
      var first = [Int?](repeating: nil, count: count)
      let (train, made) = (column.real.count, column.synthetic.count)
      for row in (0..<train).reversed() where codes[row] >= 0 { first[Int(codes[row])] = row }
      func originals(_ codes: ArraySlice<Int32>) -> [Int?] { codes.map { $0 < 0 ? nil : first[Int($0)] } }
      synthetic = originals(codes[train..<train + made])
      holdout = originals(codes[(train + made)...])
    }
  }

  private static func columns(_ synthetic: Table, _ real: RealData) throws -> [Reuse] {
    let columns = try alignedColumns(real: real.train, synthetic: synthetic, identifiers: true)
    guard !columns.isEmpty else { throw Inapplicable("no column is an identifier") }
    guard real.train.rowCount > 0 else { throw Inapplicable("the real table has no rows") }
    guard synthetic.rowCount > 0 else { throw Inapplicable("the synthetic table has no rows") }
    return try columns.map { column in
      guard let holdout = real.holdout else { return Reuse(column, nil) }
      guard let control = holdout[column.name] else {
        throw TableError("the holdout lacks the column '\(column.name)' of the real table")
      }
      return Reuse(column, control)
    }
  }
}

extension Column {
  /// Numbers as the texts that a file has of them; missing where they are.
  fileprivate var asTexts: Column {
    let texts: [String]
    switch self {
    case .categorical: return self
    case .integer(let values, _), .timestamp(let values, _): texts = values.map { "\($0)" }
    case .continuous(let values, _): texts = values.map { Int64(exactly: $0).map { "\($0)" } ?? "\($0)" }
    }
    // Levels may repeat here: they are matched by name.
    return .categorical(codes: texts.indices.map(Int32.init), levels: texts, validity)
  }
}
