/// A table in memory: columns of equal length, described by a schema.
public struct Table: Sendable, Equatable {
  public let schema: Schema
  public let columns: [Column]
  public let rowCount: Int

  /// - Throws: `TableError` when columns and schema do not match in number, or columns differ in length.
  public init(schema: Schema, columns: [Column]) throws(TableError) {
    guard schema.columns.count == columns.count else {
      throw TableError("the schema names \(schema.columns.count) columns, the table has \(columns.count)")
    }
    for (column, described) in zip(columns, schema.columns) where column.count != columns[0].count {
      throw TableError(
        "column '\(described.name)' has \(column.count) rows, column '\(schema.columns[0].name)' has \(columns[0].count)"
      )
    }
    self.schema = schema
    self.columns = columns
    self.rowCount = columns.first?.count ?? 0
  }

  /// The column called `name`.
  public subscript(name: String) -> Column? { schema.index(of: name).map { columns[$0] } }

  /// The rows at `indices`, in that order; an index may occur more than once.
  public func gathering(_ indices: [Int]) -> Table {
    Table(trusted: schema, columns.map { $0.gathering(indices) }, rowCount: indices.count)
  }

  private init(trusted schema: Schema, _ columns: [Column], rowCount: Int) {
    self.schema = schema
    self.columns = columns
    self.rowCount = rowCount
  }
}
