import MynahTables

/// How many rows each class of a column has; only rows are counted where it has no classes.
package struct ClassCounts: Sendable, Equatable {
  package private(set) var rows = 0
  private var counts: [String: Int] = [:]
  /// Whether classes are whole numbers.
  private var areNumbers = false

  package init() {}

  package init(of target: String, in table: Table) { add(target, of: table) }

  /// Adds the rows of a table.
  package mutating func add(_ target: String, of table: Table) {
    rows += table.rowCount
    switch table[target] {
    case .categorical(let codes, let levels, _):
      var tally = Array(repeating: 0, count: levels.count)
      for code in codes where tally.indices.contains(Int(code)) { tally[Int(code)] += 1 }
      for (level, count) in zip(levels, tally) where count > 0 { counts[level, default: 0] += count }
    case .integer(let values, let validity):
      areNumbers = true
      var tally: [Int64: Int] = [:]
      for (row, value) in values.enumerated() where validity?[row] ?? true { tally[value, default: 0] += 1 }
      for (value, count) in tally { counts[String(value), default: 0] += count }
    default: break
    }
  }

  package subscript(name: String) -> Int { counts[name] ?? 0 }

  /// Whole numbers ascending, texts in alphabetical order.
  private var names: [String] {
    counts.keys.sorted { areNumbers ? (Int64($0) ?? 0, $0) < (Int64($1) ?? 0, $1) : $0 < $1 }
  }

  var byClass: [BalanceResult.ClassCount] {
    names.map { BalanceResult.ClassCount(name: $0, rows: self[$0]) }
  }

  /// For a reader: "income: <=50K 45 -> 45, >50K 15 -> 45; 60 rows -> 90".
  package func text(_ target: String, becoming after: ClassCounts) -> String {
    let rows = "\(rows) rows -> \(after.rows)"
    // A number that is cut into bins has no classes of its own.
    guard !counts.isEmpty, counts.count <= 1_000 else { return "\(target): \(rows)" }
    let names = self.names
    let shown = names.prefix(Self.classesShown).map { "\($0) \(self[$0]) -> \(after[$0])" }
    let rest = names.count > shown.count ? ["\(names.count - shown.count) more classes"] : []
    return "\(target): \((shown + rest).joined(separator: ", ")); \(rows)"
  }

  private static let classesShown = 12
}
