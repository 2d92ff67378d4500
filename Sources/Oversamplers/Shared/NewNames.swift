import MynahTables

/// Identifiers of new rows: whole numbers go on after the greatest one (before the least one, where there is no room), texts
/// are "synthetic-1", "synthetic-2", …
struct NewNames: Sendable {
  private enum Form: Sendable {
    case numbers(from: Int64, step: Int64)
    case texts(prefix: String)
  }

  private let forms: [Int: Form]

  init(_ problem: BalanceProblem) {
    var forms: [Int: Form] = [:]
    for index in problem.roles.identifiers {
      switch problem.table.columns[index] {
      case .integer(let values, let validity):
        let present = values.indices.lazy.filter { validity?[$0] ?? true }.map { values[$0] }
        let (least, greatest) = (present.min() ?? 0, present.max() ?? 0)
        forms[index] =
          greatest < Int64.max - Int64(UInt32.max)
          ? .numbers(from: greatest + 1, step: 1) : .numbers(from: least &- 1, step: -1)
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
    case .numbers(let first, let step): return .integer(rows.map { first &+ step &* Int64($0) }, nil)
    case .texts(let prefix):
      return .categorical(
        codes: rows.map { Int32($0 - rows.lowerBound) }, levels: rows.map { "\(prefix)\($0 + 1)" }, nil)
    }
  }
}
