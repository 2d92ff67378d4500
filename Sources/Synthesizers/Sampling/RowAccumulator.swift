import MynahTables

/// Rows gathered from several tables of one schema into one, in time proportional to their number.
struct RowAccumulator {
  private let schema: Schema
  private var columns: [ColumnRows] = []
  private(set) var count = 0

  init(_ schema: Schema) { self.schema = schema }

  /// - Throws: `SynthesisError` where a column is stored in another way than in the first table.
  mutating func append(_ rows: [Int], of table: Table) throws(SynthesisError) {
    guard table.columns.count == schema.columns.count else {
      throw SynthesisError("the model made a table of \(table.columns.count) columns, not of \(schema.columns.count)")
    }
    if columns.isEmpty { columns = table.columns.map(ColumnRows.init(like:)) }
    for (index, column) in table.columns.enumerated() {
      guard columns[index].append(rows, of: column, after: count) else {
        throw SynthesisError("the model stores column '\(schema.columns[index].name)' now in one way, now in another")
      }
    }
    count += rows.count
  }

  func table() throws -> Table { try Table(schema: schema, columns: columns.map { $0.column(count) }) }
}

/// The rows of one column; of the arrays only that of its form is used.
private struct ColumnRows {
  enum Form { case real, whole, time, level }
  let form: Form
  var reals: [Double] = []
  var wholes: [Int64] = []
  var codes: [Int32] = []
  var levels: [String] = []
  /// Empty until the first column with validity bits.
  var present: [Bool] = []

  init(like column: Column) {
    switch column {
    case .continuous: form = .real
    case .integer: form = .whole
    case .timestamp: form = .time
    case .categorical(_, let levels, _):
      form = .level
      self.levels = levels
    }
  }

  /// False where the column has another form.
  mutating func append(_ rows: [Int], of column: Column, after count: Int) -> Bool {
    switch (form, column) {
    case (.real, .continuous(let values, _)): for row in rows { reals.append(values[row]) }
    case (.whole, .integer(let values, _)), (.time, .timestamp(let values, _)):
      for row in rows { wholes.append(values[row]) }
    case (.level, .categorical(let values, let others, _)):
      if others == levels {
        for row in rows { codes.append(values[row]) }
      } else {
        let map = codeMap(others)
        for row in rows { codes.append(map.indices.contains(Int(values[row])) ? map[Int(values[row])] : -1) }
      }
    default: return false
    }
    if let validity = column.validity {
      present += Array(repeating: true, count: count - present.count)
      for row in rows { present.append(validity[row]) }
    }
    return true
  }

  /// The code of each of `others` among the levels, which get those they lack.
  private mutating func codeMap(_ others: [String]) -> [Int32] {
    var known = Dictionary(zip(levels, Int32(0)...), uniquingKeysWith: { first, _ in first })
    return others.map { level in
      if let code = known[level] { return code }
      let code = Int32(levels.count)
      known[level] = code
      levels.append(level)
      return code
    }
  }

  func column(_ count: Int) -> Column {
    let validity =
      present.allSatisfy(\.self) ? nil : Validity(present + Array(repeating: true, count: count - present.count))
    return switch form {
    case .real: .continuous(reals, validity)
    case .whole: .integer(wholes, validity)
    case .time: .timestamp(wholes, validity)
    case .level: .categorical(codes: codes, levels: levels, validity)
    }
  }
}
