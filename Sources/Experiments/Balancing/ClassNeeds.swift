import MynahOversamplers
import MynahTables

/// The classes of a table, the rows that each lacks, and how a model is told a class.
struct ClassNeeds {
  struct Need {
    let name: String
    /// Its rows in the table, ascending.
    let rows: [Int]
    /// Rows that are to be made.
    let additions: Int
    /// The least and the greatest value of the target in its rows; nil for classes that are no bins.
    let range: ClosedRange<Double>?
  }

  let target: String
  /// Whether classes are stretches of a number.
  let areBins: Bool
  let classes: [Need]
  private let labels: [Int32]

  /// - Throws: `ResamplingError` for a target without classes, and for rows that cannot be had by adding some.
  init(_ table: Table, _ request: BalanceRequest) throws(ResamplingError) {
    let classes = try TargetClasses(table, target: request.target, bins: request.bins)
    let plan = try SamplingPlan.additions(to: classes, request.strategy)
    let column = table.columns[classes.columnIndex]
    target = request.target
    areBins = classes.isBinned
    labels = classes.labels
    self.classes = classes.names.indices.map { index in
      let rows = classes.rows[index]
      let values = classes.isBinned ? rows.compactMap { column.number(at: $0) } : []
      let range = values.min().flatMap { low in values.max().map { low...$0 } }
      return Need(name: classes.names[index], rows: rows, additions: plan.counts[index] - rows.count, range: range)
    }
  }

  var notices: [String] {
    classes.contains { $0.additions > 0 } ? [] : ["no class lacks rows; the table is unchanged"]
  }

  /// The table for a model that is asked for a class by condition, and the column of the condition. Bins, which are no
  /// values of the target, become a column of their own.
  func withClassColumn(_ table: Table) throws -> (table: Table, column: String) {
    guard areBins else { return (table, target) }
    var name = "bin of \(target)"
    while table.schema.index(of: name) != nil { name += "'" }
    let bins = Column.categorical(codes: labels, levels: classes.map(\.name), nil)
    let schema = Schema(table.schema.columns + [ColumnSchema(name: name, kind: .categorical)])
    return (try Table(schema: schema, columns: table.columns + [bins]), name)
  }

  /// The rows of one class, for a model that learns no other; levels of the target that do not occur there are left out.
  func rows(of need: Need, in table: Table) throws -> Table {
    let rows = table.gathering(need.rows)
    guard let index = rows.schema.index(of: target), case .categorical = rows.columns[index] else { return rows }
    var columns = rows.columns
    columns[index] = .categorical(codes: Array(repeating: 0, count: rows.rowCount), levels: [need.name], nil)
    return try Table(schema: rows.schema, columns: columns)
  }

  /// Rows that a model made, with the original table's columns and the class's own value in the target.
  func restored(_ made: Table, as need: Need, like table: Table) throws -> Table {
    // A model may number what the table names.
    var columns = zip(made.columns, table.columns).map { column, real in
      if case .categorical = real { column.named() } else { column }
    }
    if !areBins, let index = table.schema.index(of: target), let first = need.rows.first {
      columns[index] = table.columns[index].gathering(Array(repeating: first, count: made.rowCount))
    }
    return try Table(schema: table.schema, columns: columns)
  }

  /// Whether a row's target lies in the class.
  func contains(_ column: Column, _ row: Int, _ need: Need) -> Bool {
    guard let range = need.range else { return true }
    return column.number(at: row).map { range.contains($0) } ?? false
  }
}

extension Column {
  /// Whole numbers as texts; other columns as they are.
  fileprivate func named() -> Column {
    guard case .integer(let values, let validity) = self else { return self }
    let distinct = Array(Set(values)).sorted()
    let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
    return .categorical(codes: values.map { places[$0] ?? -1 }, levels: distinct.map(String.init), validity)
  }
}
