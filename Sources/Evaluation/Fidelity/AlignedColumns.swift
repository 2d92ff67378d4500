import MynahTables

/// A column of the real table beside the synthetic column of the same name.
struct AlignedColumn {
  let name: String
  let kind: ColumnKind
  let real: Column
  let synthetic: Column

  /// Levels are compared by frequency, everything else as numbers. What counts is how the values are stored, so that
  /// two tables read under one schema always agree.
  var isDiscrete: Bool { real.isDiscrete }

  /// Why the two columns cannot be compared at all; nil when they can.
  var mismatch: String? {
    let (a, b) = (real.storageName, synthetic.storageName)
    let numbers: Set = ["continuous", "integer"]
    if a == b || numbers.isSuperset(of: [a, b]) { return nil }
    return "the real column is \(a), the synthetic one \(b)"
  }
}

/// The columns of two tables, matched by name and in the real table's order. Columns that only the synthetic table has
/// are left out, and so are identifiers: they are made anew, so likeness is not asked of them. With `identifiers`, it is these
/// alone that are returned.
///
/// - Throws: `TableError` that names the columns the synthetic table lacks.
func alignedColumns(
  real: Table, synthetic: Table, identifiers: Bool = false
) throws(TableError) -> [AlignedColumn] {
  var indices: [String: Int] = [:]
  for (index, column) in synthetic.schema.columns.enumerated() where indices[column.name] == nil {
    indices[column.name] = index
  }
  var aligned: [AlignedColumn] = []
  var absent: [String] = []
  for (described, column) in zip(real.schema.columns, real.columns) {
    guard let index = indices[described.name] else {
      absent.append(described.name)
      continue
    }
    guard (described.kind == .identifier) == identifiers else { continue }
    aligned.append(
      AlignedColumn(
        name: described.name, kind: described.kind, real: column, synthetic: synthetic.columns[index]))
  }
  guard absent.isEmpty else { throw lacking(absent, real: real.schema, synthetic: synthetic.schema) }
  return aligned
}

private func lacking(_ absent: [String], real: Schema, synthetic: Schema) -> TableError {
  let named = absent.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
  let more = absent.count > 5 ? " and \(absent.count - 5) more" : ""
  let extra = synthetic.columns.map(\.name).filter { real.index(of: $0) == nil }
  let hint = absent.lazy.compactMap { nearest(to: $0, among: extra) }.first.map { "; did you rename it '\($0)'?" } ?? ""
  return TableError(
    "the synthetic table lacks the column\(absent.count == 1 ? "" : "s") \(named)\(more) of the real table\(hint)")
}

extension Column {
  var isDiscrete: Bool {
    if case .categorical = self { return true }
    return false
  }

  var storageName: String {
    switch self {
    case .continuous: "continuous"
    case .integer: "integer"
    case .timestamp: "datetime"
    case .categorical: "categorical"
    }
  }

  /// The column as numbers, NaN where it is missing; nil for categories.
  func numbersWithGaps() -> [Double]? {
    var numbers: [Double]
    switch self {
    case .continuous(let values, _): numbers = values
    case .integer(let values, _), .timestamp(let values, _): numbers = values.map(Double.init)
    case .categorical: return nil
    }
    guard let validity else { return numbers }
    for row in numbers.indices where !validity[row] { numbers[row] = .nan }
    return numbers
  }
}
