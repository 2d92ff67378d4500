extension TargetLeak {
  /// Rows looked at, evenly spread: enough to see a leak, and few enough to cost nothing.
  private static let sampleSize = 50_000
  /// Rows of the same target that must follow each other among the sorted numbers to count as told.
  private static let shortestRun = 5

  /// The share of rows that numbers tell right which hardly repeat, when that is a leak: sorted by them, rows of one
  /// target follow each other, as where the target is whether the number lies above a threshold.
  ///
  /// Rows in runs shorter than five count as wrong, as do those whose number stands in rows of several targets, all but
  /// the most frequent of them. The rest of the rule is that of values that repeat.
  func accuracy(of column: Column) -> Double? {
    let step = max(1, column.count / Self.sampleSize)
    var rows: [SortedRow] = []
    rows.reserveCapacity(column.count / step + 1)
    for row in stride(from: 0, to: column.count, by: step) {
      if let number = column.number(at: row) { rows.append(SortedRow(number: number, target: targets[row])) }
    }
    guard rows.count * step * 10 >= column.count * 9 else { return nil }
    SortedRow.sort(&rows)

    var totals = [Int](repeating: 0, count: targetCount)
    var wrong = 0
    var run = (target: Int32(-1), length: 0)
    func endRun() {
      if run.length < Self.shortestRun { wrong += run.length }
      run = (-1, 0)
    }
    var start = 0
    while start < rows.count {
      let end = rows[start...].firstIndex { $0.number != rows[start].number } ?? rows.count
      let most = Self.mostFrequent(rows[start..<end])
      for row in rows[start..<end] { totals[Int(row.target)] += 1 }
      if most.length == end - start {
        if most.target != run.target { endRun() }
        run = (most.target, run.length + most.length)
      } else {
        endRun()
        wrong += end - start - most.length
      }
      start = end
    }
    endRun()
    let wrongBefore = rows.count - (totals.max() ?? 0)
    guard wrongBefore > 0, Double(wrong) <= 0.01 * Double(wrongBefore) else { return nil }
    return Double(rows.count - wrong) / Double(rows.count)
  }

  /// Among rows of one number, which are sorted by target.
  private static func mostFrequent(_ rows: ArraySlice<SortedRow>) -> (target: Int32, length: Int) {
    var best = (target: Int32(-1), length: 0)
    var start = rows.startIndex
    while start < rows.endIndex {
      let end = rows[start...].firstIndex { $0.target != rows[start].target } ?? rows.endIndex
      if end - start > best.length { best = (rows[start].target, end - start) }
      start = end
    }
    return best
  }
}

/// A row to be sorted by number, then by target.
private struct SortedRow {
  /// Ordered as the number is: the sign bit is turned for positive numbers, all bits for negative ones.
  let number: UInt64
  let target: Int32

  init(number: Double, target: Int32) {
    // Both zeros are one number.
    let bits = (number + 0).bitPattern
    self.number = bits >> 63 == 1 ? ~bits : bits | 1 << 63
    self.target = target
  }

  /// By parts of eleven bits from the lowest up (radix sort); parts in which all rows agree are passed over.
  static func sort(_ rows: inout [SortedRow]) {
    var other = rows
    // At most 100 targets.
    pass(&rows, &other) { Int(truncatingIfNeeded: $0.target) & 0x7ff }
    for shift in stride(from: UInt64(0), to: 64, by: 11) {
      pass(&rows, &other) { Int(truncatingIfNeeded: $0.number >> shift) & 0x7ff }
    }
  }

  @inline(__always)
  private static func pass(_ rows: inout [SortedRow], _ other: inout [SortedRow], _ part: (SortedRow) -> Int) {
    var counts = [Int](repeating: 0, count: 1 << 11)
    let isSorted = counts.withUnsafeMutableBufferPointer { counts in
      for row in rows { counts[part(row)] += 1 }
      guard let first = rows.first, counts[part(first)] < rows.count else { return true }
      var next = 0
      for place in counts.indices { (counts[place], next) = (next, next + counts[place]) }
      other.withUnsafeMutableBufferPointer { other in
        for row in rows {
          let place = part(row)
          other[counts[place]] = row
          counts[place] += 1
        }
      }
      return false
    }
    if !isSorted { swap(&rows, &other) }
  }
}
