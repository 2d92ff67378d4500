import MynahEncoders
import MynahTables

/// The one level that is asked of the generator: the rarest among those that conditions demand, so that the fewest rows
/// must be drawn again for the others.
struct AskedLevel: Sendable {
  /// Index of the column in the schema, and among the space's columns.
  let column: Int
  private let place: Int
  private let level: LevelPlace
  private let code: Int32

  /// Nil without a condition that the generator knows.
  init?(_ plan: ConditionPlan, encoder: FittedTableEncoder, space: ConditionSpace, levelCounts: [[Int]]) {
    var rarest: (place: Int, level: LevelPlace, rows: Int)?
    for demand in plan.demands {
      let column = encoder.columns[demand.column]
      guard let place = space.columns.firstIndex(where: { $0.column == demand.column }) else { continue }
      let level =
        switch demand.test {
        case .level(let name): column.place(of: name)
        case .whole(let number): column.place(of: String(number))
        case .missing: column.missingCode.map { LevelPlace.own(code: $0) }
        case .real: LevelPlace?.none
        }
      guard let level, levelCounts[place].indices.contains(level.code) else { continue }
      let rows = levelCounts[place][level.code]
      if rows < rarest?.rows ?? .max { rarest = (place, level, rows) }
    }
    guard let rarest else { return nil }
    (place, level) = (rarest.place, rarest.level)
    column = space.columns[place].column
    code = Int32(space.columns[place].conditionOffset + level.code)
  }

  /// The level for every row.
  func batch(_ rows: Int) -> ConditionSampler.Batch {
    ConditionSampler.Batch(
      columns: Array(repeating: place, count: rows), levels: Array(repeating: Int32(level.code), count: rows),
      codes: Array(repeating: code, count: rows))
  }

  /// Decoded rows with the very level: where several share a code, the generator is asked for one of them, and decoding
  /// draws which.
  func settled(_ table: Table, _ encoder: FittedTableEncoder) throws(TableError) -> Table {
    guard case .rest = level, let levels = encoder.columns[column].encoder as? FittedOneHotEncoder else { return table }
    var columns = table.columns
    columns[column] = try levels.column(holding: level, count: table.rowCount)
    return try Table(schema: table.schema, columns: columns)
  }
}
