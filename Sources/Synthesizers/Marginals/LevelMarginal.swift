import MynahTables

/// How often each level of a discrete column occurs; the levels that do.
struct LevelMarginal: Sendable, Equatable {
  /// In the column's order.
  let levels: [String]
  /// Rows by level; all positive.
  let counts: [Int64]
  let missing: Int64

  init(levels: [String], counts: [Int64], missing: Int64) {
    self.levels = levels
    self.counts = counts
    self.missing = missing
  }

  /// - Throws: `SynthesisError` for codes without a level.
  init(codes: [Int32], levels: [String], validity: Validity?) throws(SynthesisError) {
    var counts = [Int64](repeating: 0, count: levels.count)
    var missing: Int64 = 0
    for row in codes.indices {
      guard validity?[row] ?? true else {
        missing += 1
        continue
      }
      guard levels.indices.contains(Int(codes[row])) else {
        throw SynthesisError("row \(row + 1) has a code without a level")
      }
      counts[Int(codes[row])] += 1
    }
    let seen = levels.indices.filter { counts[$0] > 0 }
    self.init(levels: seen.map { levels[$0] }, counts: seen.map { counts[$0] }, missing: missing)
  }

  /// The column whose rows have these cells: a level's index, or `levels.count` for a missing value.
  func column(cells: [Int32]) -> Column {
    let none = Int32(levels.count)
    guard missing > 0 || levels.isEmpty, cells.contains(none) else {
      return .categorical(codes: cells, levels: levels, nil)
    }
    return .categorical(
      codes: cells.map { $0 == none ? -1 : $0 }, levels: levels, Validity(cells.map { $0 != none }))
  }
}
