import MynahTables

/// The classes of a target column, in the order of their values, and the rows of each.
package struct TargetClasses: Sendable {
  package let columnIndex: Int
  package let columnName: String
  /// As written in files; classes without rows are left out.
  package let names: [String]
  /// Row numbers by class, ascending.
  package let rows: [[Int]]
  /// Rows of each class.
  package let counts: [Int]
  /// The class with the most rows, the first of several.
  package let majority: Int
  /// The class with the fewest rows, the first of several.
  package let minority: Int
  /// The class of every row.
  package let labels: [Int32]
  /// Whether classes are stretches of a number.
  package let isBinned: Bool

  /// - Parameter bins: stretches of equal width that a number is cut into; empty ones are left out.
  /// - Throws: `ResamplingError` for a column that is absent, has missing values, is continuous without bins, or has one
  ///   class only.
  package init(_ table: Table, target: String, bins: Int? = nil) throws(ResamplingError) {
    guard let index = table.schema.index(of: target) else {
      let hint = table.schema.nearestName(to: target).map { "did you mean '\($0)'?" }
      let names = table.schema.columns.prefix(12).map(\.name).joined(separator: ", ")
      throw ResamplingError("there is no column '\(target)'; \(hint ?? "the columns are \(names)")")
    }
    let column = table.columns[index]
    columnIndex = index
    columnName = target
    if let row = (0..<table.rowCount).first(where: { column.isMissing($0) }) {
      throw ResamplingError(
        "target '\(target)' is missing in \(column.missingCount) of \(table.rowCount) rows, first in data row \(row + 1); "
          + "leave those rows out")
    }
    let values: (labels: [Int32], names: [String])
    if case .categorical(let codes, let levels, _) = column {
      if bins != nil {
        throw ResamplingError("target '\(target)' has classes; bins are for numbers", hyperparameter: "bins")
      }
      values = (codes, levels)
      isBinned = false
    } else if let bins {
      values = try Self.binned(column, table.rowCount, bins: bins, target: target)
      isBinned = true
    } else {
      values = try Self.wholeNumbers(column, table.rowCount, target: target)
      isBinned = false
    }
    var counts = Array(repeating: 0, count: values.names.count)
    for label in values.labels { counts[Int(label)] += 1 }
    let present = values.names.indices.filter { counts[$0] > 0 }
    let order = isBinned ? present : Self.sorted(present, by: values.names)
    guard order.count > 1 else {
      let only = order.first.map { "every row is '\(values.names[$0])'" } ?? "there are no rows"
      throw ResamplingError("target '\(target)' has a single class: \(only); at least 2 are needed")
    }
    var places = Array(repeating: Int32(-1), count: values.names.count)
    for (place, label) in order.enumerated() { places[label] = Int32(place) }
    names = order.map { values.names[$0] }
    labels = values.labels.map { places[Int($0)] }
    var rows = order.map { label in
      var rows: [Int] = []
      rows.reserveCapacity(counts[label])
      return rows
    }
    for (row, label) in labels.enumerated() { rows[Int(label)].append(row) }
    self.rows = rows
    let sizes = rows.map(\.count)
    self.counts = sizes
    majority = sizes.indices.max { (sizes[$0], $1) < (sizes[$1], $0) } ?? 0
    minority = sizes.indices.min { (sizes[$0], $0) < (sizes[$1], $1) } ?? 0
  }

  /// Numbers by value, texts by their characters, as scikit-learn orders classes.
  private static func sorted(_ labels: [Int], by names: [String]) -> [Int] {
    let numbers = labels.compactMap { Double(names[$0]) }
    guard numbers.count == labels.count else { return labels.sorted { names[$0] < names[$1] } }
    return zip(labels, numbers).sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
  }

  /// A few whole numbers count as classes.
  private static func wholeNumbers(
    _ column: Column, _ count: Int, target: String
  ) throws(ResamplingError) -> ([Int32], [String]) {
    guard case .integer(let values, _) = column else {
      throw ResamplingError(
        "target '\(target)' is continuous; classes are needed: cut it into bins (--bins 10), or declare it categorical")
    }
    let distinct = Set(values).sorted()
    guard distinct.count <= 20, distinct.count * 2 <= max(4, count) else {
      throw ResamplingError(
        "target '\(target)' has \(distinct.count) distinct whole numbers; cut it into bins (--bins 10), or declare it "
          + "categorical")
    }
    let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
    return (values.map { places[$0] ?? 0 }, distinct.map(String.init))
  }

  private static func binned(
    _ column: Column, _ count: Int, bins: Int, target: String
  ) throws(ResamplingError) -> ([Int32], [String]) {
    guard bins >= 2, bins <= 10_000 else {
      throw ResamplingError("bins must be from 2 to 10000, got \(bins)", hyperparameter: "bins")
    }
    let values = (0..<count).map { column.number(at: $0) ?? 0 }
    guard let low = values.min(), let high = values.max(), low.isFinite, high.isFinite else {
      throw ResamplingError("target '\(target)' has no finite range to cut into bins")
    }
    let width = (high - low) / Double(bins)
    let labels = values.map { width > 0 ? Int32(min(Double(bins - 1), (($0 - low) / width).rounded(.down))) : 0 }
    return (labels, (1...bins).map { "bin \($0)" })
  }
}
