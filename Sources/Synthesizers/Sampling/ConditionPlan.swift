import MynahEncoders
import MynahTables
import MynahTensors

/// How conditions are met: one level is asked of the generator, the others by drawing again.
struct ConditionPlan: Sendable {
  let conditions: [Condition]
  /// Index into the space's columns, and the level in it; nil without a condition that the generator knows.
  private let asked: (column: Int, level: Int)?
  private let askedCode: Int32
  /// What each remaining condition demands of a decoded column.
  private let tests: [(column: Int, test: ValueTest)]

  var needsRejection: Bool { !tests.isEmpty }

  /// - Throws: `SynthesisError` that names an unknown column or level and what there is.
  init(
    _ conditions: [Condition], encoder: FittedTableEncoder, space: ConditionSpace, levelCounts: [[Int]]
  ) throws(SynthesisError) {
    let schema = encoder.schema
    var candidates: [(place: Int, column: Int, level: Int, rows: Int)] = []
    var all: [(column: Int, test: ValueTest)] = []
    for (place, condition) in conditions.enumerated() {
      guard let index = schema.index(of: condition.column) else {
        throw SynthesisError(
          "condition on unknown column '\(condition.column)'"
            + (schema.nearestName(to: condition.column).map { "; did you mean '\($0)'?" } ?? ""))
      }
      let test = try ValueTest(condition, schema.columns[index], encoder.columns[index])
      if let earlier = all.first(where: { $0.column == index }), earlier.test != test {
        throw SynthesisError("two conditions on column '\(condition.column)': no row can meet both")
      }
      all.append((index, test))
      if case .level(let level) = test, let discrete = space.columns.firstIndex(where: { $0.column == index }) {
        candidates.append((place, discrete, level, levelCounts[discrete][level]))
      }
    }
    self.conditions = conditions
    guard let rarest = candidates.min(by: { $0.rows < $1.rows }) else {
      asked = nil
      askedCode = 0
      tests = all
      return
    }
    asked = (rarest.column, rarest.level)
    askedCode = Int32(space.columns[rarest.column].conditionOffset + rarest.level)
    let askedIndex = space.columns[rarest.column].column
    tests = all.filter { $0.column != askedIndex }
  }

  /// The asked level for every row; nil when nothing is asked of the generator.
  func batch(_ rows: Int) -> ConditionSampler.Batch? {
    asked.map { asked in
      ConditionSampler.Batch(
        columns: Array(repeating: asked.column, count: rows), levels: Array(repeating: Int32(asked.level), count: rows),
        codes: Array(repeating: askedCode, count: rows))
    }
  }

  /// The rows of a table that meet the conditions.
  func matches(_ table: Table) -> [Int] {
    (0..<table.rowCount).filter { row in tests.allSatisfy { $0.test.holds(table.columns[$0.column], row) } }
  }
}
