import MynahRandomness
import MynahTables

extension Table {
  /// A table whose columns know nothing of each other: each column's values drawn, with replacement, by themselves. The floor
  /// of what a model that learns anything achieves.
  ///
  /// - Parameters:
  ///   - rows: how many rows; none of a table without rows.
  ///   - random: decides which.
  func independentMarginals(rows: Int, using random: inout RandomSource) throws(TableError) -> Table {
    let count = rowCount == 0 ? 0 : rows
    var drawn: [Column] = []
    for column in columns { drawn.append(column.gathering((0..<count).map { _ in random.index(below: rowCount) })) }
    return try Table(schema: schema, columns: drawn)
  }
}
