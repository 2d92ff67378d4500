import MynahEncoders

/// The one level that is asked of the generator: the rarest among those that conditions demand, so that the fewest rows
/// must be drawn again for the others.
struct AskedLevel: Sendable {
  /// Index of the column in the schema, and among the space's columns.
  let column: Int
  private let discrete: Int
  private let level: Int
  private let code: Int32

  /// Nil without a condition that the generator knows.
  init?(_ plan: ConditionPlan, encoder: FittedTableEncoder, space: ConditionSpace, levelCounts: [[Int]]) {
    var rarest: (discrete: Int, level: Int, rows: Int)?
    for demand in plan.demands {
      guard case .oneHot(let levels) = encoder.columns[demand.column],
        let discrete = space.columns.firstIndex(where: { $0.column == demand.column })
      else { continue }
      let level =
        switch demand.test {
        case .level(let name): levels.code(of: name)
        case .missing: levels.hasMissing ? levels.levels.count : nil
        case .real, .whole: Int?.none
        }
      guard let level, levelCounts[discrete].indices.contains(level) else { continue }
      let rows = levelCounts[discrete][level]
      if rows < rarest?.rows ?? .max { rarest = (discrete, level, rows) }
    }
    guard let rarest else { return nil }
    (discrete, level) = (rarest.discrete, rarest.level)
    column = space.columns[discrete].column
    code = Int32(space.columns[discrete].conditionOffset + level)
  }

  /// The level for every row.
  func batch(_ rows: Int) -> ConditionSampler.Batch {
    ConditionSampler.Batch(
      columns: Array(repeating: discrete, count: rows), levels: Array(repeating: Int32(level), count: rows),
      codes: Array(repeating: code, count: rows))
  }
}
