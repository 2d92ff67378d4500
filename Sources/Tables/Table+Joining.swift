extension Table {
  /// This table's rows, then those of others with the same columns, whose levels may be others: they are matched by text.
  ///
  /// - Throws: `TableError` for values of another kind.
  package func joining(_ others: some Collection<Table>) throws(TableError) -> Table {
    guard !others.isEmpty else { return self }
    var joined: [Column] = []
    for (index, described) in schema.columns.enumerated() {
      let parts = [columns[index]] + others.map { $0.columns[index] }
      guard let column = Column(joining: parts) else {
        throw TableError("column '\(described.name)' holds values of different kinds in the tables to be joined")
      }
      joined.append(column)
    }
    return try Table(schema: schema, columns: joined)
  }
}

extension Column {
  /// Nil where kinds differ.
  fileprivate init?(joining parts: [Column]) {
    let count = parts.reduce(0) { $0 + $1.count }
    let validity = Self.validity(of: parts, count: count)
    func all<Value>(_ values: [[Value]]) -> [Value]? { values.count == parts.count ? Array(values.joined()) : nil }
    switch parts[0] {
    case .continuous:
      guard let values = all(parts.compactMap { if case .continuous(let values, _) = $0 { values } else { nil } })
      else { return nil }
      self = .continuous(values, validity)
    case .integer:
      guard let values = all(parts.compactMap { if case .integer(let values, _) = $0 { values } else { nil } })
      else { return nil }
      self = .integer(values, validity)
    case .timestamp:
      guard let values = all(parts.compactMap { if case .timestamp(let values, _) = $0 { values } else { nil } })
      else { return nil }
      self = .timestamp(values, validity)
    case .categorical:
      var union = LevelUnion(capacity: count)
      for part in parts {
        guard case .categorical(let codes, let levels, _) = part else { return nil }
        union.append(codes, of: levels)
      }
      self = .categorical(codes: union.codes, levels: union.levels, validity)
    }
  }

  private static func validity(of parts: [Column], count: Int) -> Validity? {
    guard parts.contains(where: { $0.validity != nil }) else { return nil }
    var joined = Validity(count: count)
    var start = 0
    for part in parts {
      if let own = part.validity {
        for row in 0..<part.count where !own[row] { joined[start + row] = false }
      }
      start += part.count
    }
    return joined
  }
}

/// Codes of several columns, by one list of levels.
private struct LevelUnion {
  private(set) var codes: [Int32] = []
  private(set) var levels: [String] = []
  private var numbers: [String: Int32] = [:]

  init(capacity: Int) { codes.reserveCapacity(capacity) }

  mutating func append(_ own: [Int32], of levels: [String]) {
    guard levels != self.levels else {
      codes += own
      return
    }
    let known = levels.map { number(of: $0) }
    codes += own.map { known.indices.contains(Int($0)) ? known[Int($0)] : -1 }
  }

  private mutating func number(of level: String) -> Int32 {
    if let number = numbers[level] { return number }
    let number = Int32(levels.count)
    levels.append(level)
    numbers[level] = number
    return number
  }
}
