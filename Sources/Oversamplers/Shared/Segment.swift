/// New rows of one class: for each the real row it starts from, the one it leans towards, and how far.
struct Segment: Sendable {
  let classIndex: Int
  /// Rows of the table.
  var bases: [Int32] = []
  /// Rows of the table; −1 where a row is a copy.
  var partners: [Int32] = []
  /// 0 is the base, 1 the partner.
  var steps: [Double] = []
  /// Whose categories decide, where categories are voted on.
  var voters: Voters?

  var count: Int { bases.count }

  init(classIndex: Int, capacity: Int) {
    self.classIndex = classIndex
    bases.reserveCapacity(capacity)
    partners.reserveCapacity(capacity)
    steps.reserveCapacity(capacity)
  }

  mutating func append(base: Int, partner: Int, step: Double) {
    bases.append(Int32(base))
    partners.append(Int32(partner))
    steps.append(step)
  }
}

/// Lists of rows, one for each base, and which list belongs to each new row.
struct Voters: Sendable {
  let k: Int
  /// Row-major, lists × k, rows of the table.
  let rows: [Int32]
  /// By new row.
  var lists: [Int32]

  func of(_ newRow: Int) -> ArraySlice<Int32> {
    let start = Int(lists[newRow]) * k
    return rows[start..<start + k]
  }
}
