import Mynah

extension Table {
  /// The levels that stand in a column, row by row.
  func csvRows(of name: String) -> [String] {
    guard case .categorical(let codes, let levels, _) = self[name] else { return [] }
    return codes.map { levels[Int($0)] }
  }
}
