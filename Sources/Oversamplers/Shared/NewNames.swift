import MynahTables

/// Identifiers of new rows: whole numbers go on after the greatest one, texts are "synthetic-1", "synthetic-2", …
struct NewNames: Sendable {
  private enum Form: Sendable {
    case numbers(after: Int64)
    case texts(prefix: String)
  }

  private let forms: [Int: Form]

  init(_ problem: BalanceProblem) {
    var forms: [Int: Form] = [:]
    for index in problem.roles.identifiers {
      switch problem.table.columns[index] {
      case .integer(let values, _): forms[index] = .numbers(after: values.max() ?? 0)
      case .categorical(_, let levels, _):
        var prefix = "synthetic-"
        while levels.contains(where: { $0.hasPrefix(prefix) }) { prefix = "new-" + prefix }
        forms[index] = .texts(prefix: prefix)
      case .continuous, .timestamp: break
      }
    }
    self.forms = forms
  }

  /// Nil for a column that holds no identifiers.
  func column(_ index: Int, rows: Range<Int>) -> Column? {
    switch forms[index] {
    case nil: return nil
    case .numbers(let last): return .integer(rows.map { last &+ Int64($0) &+ 1 }, nil)
    case .texts(let prefix):
      return .categorical(
        codes: rows.map { Int32($0 - rows.lowerBound) }, levels: rows.map { "\(prefix)\($0 + 1)" }, nil)
    }
  }
}
