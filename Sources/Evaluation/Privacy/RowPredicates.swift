import MynahTables

/// A condition on one column. A missing value meets none but `isMissing`.
enum CellPredicate: Hashable {
  case isMissing, isPresent
  /// By code of `CellCodes`.
  case equals(Int32), differs(Int32)
  case atMost(Double), atLeast(Double), below(Double), above(Double)
}

/// Conditions on several columns that all must hold: an attacker's guess that they describe one person.
struct RowQuery: Hashable {
  var conditions: [Condition]

  struct Condition: Hashable {
    var column: Int
    var predicate: CellPredicate
  }
}

/// The rows that queries are counted in.
struct QueriedRows {
  let count: Int
  /// By column.
  let codes: [[Int32]]
  /// By column, NaN where a value is missing; nil for levels.
  let numbers: [[Double]?]

  func gathering(_ rows: [Int]) -> QueriedRows {
    QueriedRows(
      count: rows.count, codes: codes.map { codes in rows.map { codes[$0] } },
      numbers: numbers.map { numbers in numbers.map { numbers in rows.map { numbers[$0] } } })
  }

  private static let step = 1024

  /// How many rows meet `query`; counting ends once there are more than `most`.
  func matches(_ query: RowQuery, most: Int = .max) -> Int {
    var found = 0
    search(query) { rows in
      found += rows.count
      return found <= most
    }
    return found
  }

  /// The one row that meets `query`; nil where none does, or several.
  func single(_ query: RowQuery) -> Int? {
    var (found, count): (Int?, Int) = (nil, 0)
    search(query) { rows in
      found = found ?? rows.first
      count += rows.count
      return count <= 1
    }
    return count == 1 ? found : nil
  }

  /// Shows the rows that meet `query`, piece by piece, while `goesOn` says so.
  private func search(_ query: RowQuery, while goesOn: ([Int]) -> Bool) {
    var rows: [Int] = []
    rows.reserveCapacity(Self.step)
    for start in stride(from: 0, to: count, by: Self.step) {
      rows.removeAll(keepingCapacity: true)
      rows.append(contentsOf: start..<min(count, start + Self.step))
      for condition in query.conditions where !rows.isEmpty { narrow(&rows, condition) }
      if !goesOn(rows) { break }
    }
  }

  private func narrow(_ rows: inout [Int], _ condition: RowQuery.Condition) {
    let codes = codes[condition.column]
    switch condition.predicate {
    case .isMissing: rows.keep(codes) { $0 < 0 }
    case .isPresent: rows.keep(codes) { $0 >= 0 }
    case .equals(let code): rows.keep(codes) { $0 == code }
    case .differs(let code): rows.keep(codes) { $0 >= 0 && $0 != code }
    case .atMost(let bound): rows.keep(numbers[condition.column] ?? []) { $0 <= bound }
    case .atLeast(let bound): rows.keep(numbers[condition.column] ?? []) { $0 >= bound }
    case .below(let bound): rows.keep(numbers[condition.column] ?? []) { $0 < bound }
    case .above(let bound): rows.keep(numbers[condition.column] ?? []) { $0 > bound }
    }
  }
}

extension [Int] {
  /// Leaves the rows whose value is wanted; none where there are no values.
  fileprivate mutating func keep<Value>(_ values: [Value], _ isWanted: (Value) -> Bool) {
    guard !values.isEmpty else { return removeAll(keepingCapacity: true) }
    var kept = 0
    values.withUnsafeBufferPointer { values in
      withUnsafeMutableBufferPointer { rows in
        for row in rows where isWanted(values[row]) {
          rows[kept] = row
          kept += 1
        }
      }
    }
    removeLast(count - kept)
  }
}
