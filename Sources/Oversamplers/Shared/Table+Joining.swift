import MynahTables

extension Table {
  /// This table's rows, then the other's, whose levels may be others than this one's: levels are matched by text.
  func joining(_ other: Table) throws(TableError) -> Table {
    var joined: [Column] = []
    for (index, (a, b)) in zip(columns, other.columns).enumerated() {
      guard let column = a.joining(b) else {
        throw TableError("column '\(schema.columns[index].name)' has another kind in the new rows")
      }
      joined.append(column)
    }
    return try Table(schema: schema, columns: joined)
  }
}

extension Column {
  fileprivate func joining(_ other: Column) -> Column? {
    let validity: Validity? =
      self.validity == nil && other.validity == nil
      ? nil : Validity((0..<count).map { !isMissing($0) } + (0..<other.count).map { !other.isMissing($0) })
    switch (self, other) {
    case (.continuous(let a, _), .continuous(let b, _)): return .continuous(a + b, validity)
    case (.integer(let a, _), .integer(let b, _)): return .integer(a + b, validity)
    case (.timestamp(let a, _), .timestamp(let b, _)): return .timestamp(a + b, validity)
    case (.categorical(let a, var levels, _), .categorical(let b, let others, _)):
      if levels == others { return .categorical(codes: a + b, levels: levels, validity) }
      var places = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, Int32($0)) })
      let moved = others.map { level -> Int32 in
        if let place = places[level] { return place }
        levels.append(level)
        places[level] = Int32(levels.count - 1)
        return Int32(levels.count - 1)
      }
      return .categorical(codes: a + b.map { $0 < 0 ? $0 : moved[Int($0)] }, levels: levels, validity)
    default: return nil
    }
  }
}
