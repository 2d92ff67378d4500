extension Table {
  /// This table's rows, then the other's.
  ///
  /// - Throws: `TableError` unless the columns are the same, levels included.
  public func appending(_ other: Table) throws(TableError) -> Table {
    guard schema == other.schema else { throw TableError("the two tables have different columns") }
    var joined: [Column] = []
    for ((a, b), described) in zip(zip(columns, other.columns), schema.columns) {
      guard let column = a.appending(b) else {
        throw TableError("column '\(described.name)' differs in kind or levels between the two tables")
      }
      joined.append(column)
    }
    return try Table(schema: schema, columns: joined)
  }
}

extension Column {
  /// Nil where kinds or levels differ.
  fileprivate func appending(_ other: Column) -> Column? {
    let validity = joinedValidity(other)
    switch (self, other) {
    case (.continuous(let a, _), .continuous(let b, _)): return .continuous(a + b, validity)
    case (.integer(let a, _), .integer(let b, _)): return .integer(a + b, validity)
    case (.timestamp(let a, _), .timestamp(let b, _)): return .timestamp(a + b, validity)
    case (.categorical(let a, let levels, _), .categorical(let b, let others, _)) where levels == others:
      return .categorical(codes: a + b, levels: levels, validity)
    default: return nil
    }
  }

  private func joinedValidity(_ other: Column) -> Validity? {
    guard validity != nil || other.validity != nil else { return nil }
    return Validity((0..<count).map { !isMissing($0) } + (0..<other.count).map { !other.isMissing($0) })
  }
}
