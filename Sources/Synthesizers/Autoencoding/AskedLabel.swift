import MynahEncoders
import MynahTables

/// The label that every row is asked to have: what the decoder is told.
struct AskedLabel: Sendable {
  let column: Int
  let code: Int
  /// The level's place among the column's levels, where it shares its code with others and decoding would draw one of them.
  private let drawn: Int32?

  /// Nil where nothing is demanded of the label's column.
  init?(_ plan: ConditionPlan, _ label: LabelColumn, in encoder: FittedTableEncoder) {
    let levels = encoder.columns[label.column]
    switch plan.test(of: label.column) {
    case .level(let name):
      guard let place = levels.place(of: name) else { return nil }
      code = place.code
      if case .rest(let first, let index) = place { drawn = Int32(first + index) } else { drawn = nil }
    case .missing:
      guard let missing = levels.missingCode else { return nil }
      (code, drawn) = (missing, nil)
    case .real, .whole, nil: return nil
    }
    guard label.counts.indices.contains(code) else { return nil }
    column = label.column
  }

  /// Decoded rows, each with the level that was asked for. Given their code, the levels that share it are drawn whatever
  /// else is in the row, so this is how rows with the level are distributed.
  func setting(_ table: Table) throws -> Table {
    guard let drawn, case .categorical(_, let levels, _) = table.columns[column] else { return table }
    var columns = table.columns
    columns[column] = .categorical(codes: Array(repeating: drawn, count: table.rowCount), levels: levels, nil)
    return try Table(schema: table.schema, columns: columns)
  }
}
