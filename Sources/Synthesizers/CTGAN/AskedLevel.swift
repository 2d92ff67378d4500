import MynahEncoders
import MynahTables

/// The one level that is asked of the generator: the rarest among those that conditions demand, so that the fewest rows
/// must be drawn again for the others.
struct AskedLevel: Sendable {
  /// Index of the column in the schema, and among the layout's discrete columns.
  let column: Int
  private let discrete: Int
  private let level: Int
  private let code: Int32
  /// The level's place among the column's levels, where it shares its code with others and decoding would draw one of them.
  private let drawn: Int32?

  /// Nil without a condition that the generator knows.
  init?(_ plan: ConditionPlan, encoder: FittedTableEncoder, levelCounts: [[Int]]) {
    let layout = encoder.layout
    var rarest: (discrete: Int, level: Int, rows: Int, drawn: Int32?)?
    for demand in plan.demands {
      guard let discrete = layout.discreteColumns.firstIndex(where: { $0.column == demand.column }) else { continue }
      let levels = encoder.columns[demand.column]
      var (code, drawn) = (Int?.none, Int32?.none)
      switch demand.test {
      case .level(let name):
        let place = levels.place(of: name)
        code = place?.code
        if case .rest(let first, let index)? = place { drawn = Int32(first + index) }
      case .missing: code = levels.missingCode
      case .real, .whole: break
      }
      guard let code, levelCounts[discrete].indices.contains(code) else { continue }
      let rows = levelCounts[discrete][code]
      if rows < rarest?.rows ?? .max { rarest = (discrete, code, rows, drawn) }
    }
    guard let rarest else { return nil }
    (discrete, level, drawn) = (rarest.discrete, rarest.level, rarest.drawn)
    column = layout.discreteColumns[discrete].column
    code = Int32(layout.discreteColumns[discrete].conditionOffset + level)
  }

  /// Decoded rows, each with the level that was asked for. Given their code, the levels that share it are drawn whatever
  /// else is in the row, so this is how rows with the level are distributed.
  func setting(_ table: Table) throws -> Table {
    guard let drawn, case .categorical(_, let levels, _) = table.columns[column] else { return table }
    var columns = table.columns
    columns[column] = .categorical(codes: Array(repeating: drawn, count: table.rowCount), levels: levels, nil)
    return try Table(schema: table.schema, columns: columns)
  }

  /// The level for every row.
  func batch(_ rows: Int) -> ConditionSampler.Batch {
    ConditionSampler.Batch(
      columns: Array(repeating: discrete, count: rows), levels: Array(repeating: Int32(level), count: rows),
      codes: Array(repeating: code, count: rows))
  }
}
