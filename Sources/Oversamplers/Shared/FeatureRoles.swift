import MynahTables

/// What each column is to a method.
struct FeatureRoles: Sendable {
  /// Numbers that count in distances.
  let numbers: [Int]
  /// Categories that count in distances.
  let categories: [Int]
  /// Columns of names: never learned, new rows get new ones.
  let identifiers: [Int]
  /// Groups of columns that come from one parent, by column.
  let groups: [[Int]]
  let notices: [String]

  /// - Throws: `ResamplingError` for unknown columns and numbers that are not finite.
  init(_ table: Table, _ request: BalanceRequest, classes: TargetClasses) throws(ResamplingError) {
    var (numbers, categories, identifiers): ([Int], [Int], [Int]) = ([], [], [])
    var notices: [String] = []
    var ignored: Set<Int> = []
    for name in request.ignoring { ignored.insert(try Self.index(name, table, classes)) }
    var groups: [[Int]] = []
    for group in request.keepTogether {
      var columns: [Int] = []
      for name in group { columns.append(try Self.index(name, table, classes)) }
      groups.append(columns)
    }
    for (index, described) in table.schema.columns.enumerated() where index != classes.columnIndex {
      switch described.kind {
      case .identifier:
        identifiers.append(index)
        notices.append(
          "column '\(described.name)' holds identifiers: it is left out of distances, and new rows get new ones")
      case .categorical, .boolean:
        if table.columns[index].missingCount == table.rowCount {
          notices.append("column '\(described.name)' has no value in any row: it is left out of distances")
        } else if !ignored.contains(index) {
          categories.append(index)
        }
      case .continuous, .integer, .datetime:
        try Self.requireFinite(table.columns[index], described.name)
        if !ignored.contains(index) { numbers.append(index) }
      }
    }
    if let shared = groups.flatMap({ $0 }).first(where: { identifiers.contains($0) }) {
      throw ResamplingError(
        "column '\(table.schema.columns[shared].name)' holds identifiers and cannot be kept together with others; declare "
          + "it categorical")
    }
    (self.numbers, self.categories, self.identifiers) = (numbers, categories, identifiers)
    (self.groups, self.notices) = (groups, notices)
  }

  private static func index(_ name: String, _ table: Table, _ classes: TargetClasses) throws(ResamplingError) -> Int {
    guard let index = table.schema.index(of: name) else {
      let hint = table.schema.nearestName(to: name).map { "; did you mean '\($0)'?" } ?? ""
      throw ResamplingError("there is no column '\(name)'\(hint)")
    }
    guard index != classes.columnIndex else {
      throw ResamplingError("column '\(name)' is the target; it cannot be ignored or kept together with others")
    }
    return index
  }

  private static func requireFinite(_ column: Column, _ name: String) throws(ResamplingError) {
    guard case .continuous(let values, let validity) = column else { return }
    guard let row = values.firstIndex(where: { !$0.isFinite }) else { return }
    // What stands in the place of a missing value means nothing.
    guard let wrong = values.indices[row...].first(where: { !values[$0].isFinite && validity?[$0] ?? true }) else {
      return
    }
    throw ResamplingError(
      "column '\(name)' has \(values[wrong]) in data row \(wrong + 1); distances need finite numbers: correct it or mark "
        + "it as missing")
  }
}
