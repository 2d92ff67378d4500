import MynahOversamplers
import MynahTables

/// Which of a model's rows can be taken: those with combinations of values that real rows have, and, for a number that is
/// cut into bins, those of the bin that was asked for.
struct RowFilter {
  private struct Group {
    let names: [String]
    let columns: [Int]
    let combinations: Set<[Int64]>
  }

  private let groups: [Group]
  private let needs: ClassNeeds
  private let target: Int
  /// Of every column, the number of each level.
  private let codes: [[String: Int64]]

  /// - Throws: `ResamplingError` for a column that is not there.
  init(_ table: Table, _ request: BalanceRequest, _ needs: ClassNeeds) throws(ResamplingError) {
    let grouped = try request.keepTogether.map { names throws(ResamplingError) in
      try names.map { name throws(ResamplingError) in try table.schema.column(name) }
    }
    let codes = table.columns.enumerated().map { index, column -> [String: Int64] in
      guard grouped.contains(where: { $0.contains(index) }), case .categorical(_, let levels, _) = column else {
        return [:]
      }
      return Dictionary(levels.enumerated().map { ($1, Int64($0)) }, uniquingKeysWith: { first, _ in first })
    }
    groups = zip(request.keepTogether, grouped).map { names, columns in
      let keys = columns.map { Self.keys(table.columns[$0], codes[$0]) }
      let rows = 0..<table.rowCount
      return Group(names: names, columns: columns, combinations: Set(rows.map { row in keys.map { $0[row] } }))
    }
    self.codes = codes
    self.needs = needs
    target = try table.schema.column(request.target)
  }

  var isActive: Bool { !groups.isEmpty || needs.areBins }

  /// The rows of `made` that can be taken, ascending.
  func rows(of made: Table, for need: ClassNeeds.Need) -> [Int] {
    let keys = groups.map { group in group.columns.map { Self.keys(made.columns[$0], codes[$0]) } }
    return (0..<made.rowCount).filter { row in
      let isKnown = zip(groups, keys).allSatisfy { group, keys in
        group.combinations.contains(keys.map { $0[row] })
      }
      return isKnown && needs.contains(made.columns[target], row, need)
    }
  }

  /// What is demanded of a row, for errors.
  func demand(for needs: ClassNeeds) -> String {
    let combinations = groups.map { "a combination of \($0.names.joined(separator: ", ")) that occurs" }
    let bin = needs.areBins ? ["a value of \(needs.target) in the bin"] : []
    return "a row needs \((combinations + bin).joined(separator: " and "))"
  }

  /// A number for each distinct value.
  private static func keys(_ column: Column, _ codes: [String: Int64]) -> [Int64] {
    let values: [Int64] =
      switch column {
      case .continuous(let values, _): values.map { Int64(bitPattern: ($0 + 0).bitPattern) }
      case .integer(let values, _), .timestamp(let values, _): values
      case .categorical(let own, let levels, _):
        {
          let known = levels.map { codes[$0] ?? -2 }
          return own.map { known.indices.contains(Int($0)) ? known[Int($0)] : -1 }
        }()
      }
    guard let validity = column.validity else { return values }
    return values.indices.map { validity[$0] ? values[$0] : .min }
  }
}

extension Schema {
  /// - Throws: `ResamplingError` for a column that is not there, with the nearest one.
  func column(_ name: String) throws(ResamplingError) -> Int {
    if let index = index(of: name) { return index }
    let hint = nearestName(to: name).map { "; did you mean '\($0)'?" } ?? ""
    throw ResamplingError("there is no column '\(name)'\(hint)")
  }
}
