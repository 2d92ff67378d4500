/// How often each pair of codes occurs in the real and in the synthetic table. Only pairs that occur are kept.
struct ContingencyTable {
  /// Occupied cells in the order of (first code, second code).
  private var cells: [Cell] = []
  private let realTotal: Int
  private let syntheticTotal: Int

  private struct Cell {
    var key: UInt64
    var real: Int
    var synthetic: Int
  }
  private let width: UInt64

  init(_ first: SharedCodes, _ second: SharedCodes) {
    width = UInt64(second.cardinality)
    realTotal = min(first.real.count, second.real.count)
    syntheticTotal = min(first.synthetic.count, second.synthetic.count)
    // A full grid is the quickest way to count, unless most of the time would go into clearing it.
    let grid = first.cardinality.multipliedReportingOverflow(by: second.cardinality)
    if !grid.overflow, grid.partialValue <= 65_536 + 4 * (realTotal + syntheticTotal) {
      count(onGridOf: grid.partialValue, first, second)
    } else {
      count(bySorting: first, second)
    }
  }

  private mutating func count(onGridOf size: Int, _ first: SharedCodes, _ second: SharedCodes) {
    let real = Self.grid(size, width, first.real, second.real)
    let synthetic = Self.grid(size, width, first.synthetic, second.synthetic)
    for key in 0..<size where real[key] | synthetic[key] != 0 {
      cells.append(Cell(key: UInt64(key), real: Int(real[key]), synthetic: Int(synthetic[key])))
    }
  }

  private static func grid(_ size: Int, _ width: UInt64, _ first: [UInt32], _ second: [UInt32]) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: size)
    counts.withUnsafeMutableBufferPointer { counts in
      first.withUnsafeBufferPointer { first in
        second.withUnsafeBufferPointer { second in
          for row in 0..<min(first.count, second.count) {
            counts[Int(first[row]) * Int(width) + Int(second[row])] += 1
          }
        }
      }
    }
    return counts
  }

  private mutating func count(bySorting first: SharedCodes, _ second: SharedCodes) {
    let real = keys(first.real, second.real)
    let synthetic = keys(first.synthetic, second.synthetic)
    var (i, j) = (0, 0)
    while i < real.count || j < synthetic.count {
      let key = min(i < real.count ? real[i] : .max, j < synthetic.count ? synthetic[j] : .max)
      var cell = Cell(key: key, real: 0, synthetic: 0)
      while i < real.count, real[i] == key { (cell.real, i) = (cell.real + 1, i + 1) }
      while j < synthetic.count, synthetic[j] == key { (cell.synthetic, j) = (cell.synthetic + 1, j + 1) }
      cells.append(cell)
    }
  }

  private func keys(_ first: [UInt32], _ second: [UInt32]) -> [UInt64] {
    zip(first, second).map { UInt64($0) * width + UInt64($1) }.sorted()
  }

  /// `1 - ½ Σ |p - q|` over the joint frequencies p and q of the two tables; nil when a table has no rows.
  var similarity: Double? {
    guard realTotal > 0, syntheticTotal > 0 else { return nil }
    let (n, m) = (Double(realTotal), Double(syntheticTotal))
    var sum = 0.0
    for cell in cells { sum += abs(Double(cell.real) / n - Double(cell.synthetic) / m) }
    return max(0, 1 - sum / 2)
  }

  /// Cramér's V of the real table, in [0, 1] (Cramér, "Mathematical Methods of Statistics", 1946, §21.9):
  ///
  ///     V = √(χ² / n / min(R - 1, C - 1)),   χ² / n = Σ O² / (row sum · column sum) - 1
  ///
  /// with R rows and C columns that are not empty; nil when there are less than two of either.
  var realAssociation: Double? {
    var (rowSums, columnSums): ([UInt64: Double], [UInt64: Double]) = ([:], [:])
    for cell in cells where cell.real > 0 {
      rowSums[cell.key / width, default: 0] += Double(cell.real)
      columnSums[cell.key % width, default: 0] += Double(cell.real)
    }
    let smaller = min(rowSums.count, columnSums.count)
    guard smaller > 1 else { return nil }
    var sum = 0.0
    for cell in cells where cell.real > 0 {
      let observed = Double(cell.real)
      sum += observed / (rowSums[cell.key / width] ?? 1) * (observed / (columnSums[cell.key % width] ?? 1))
    }
    return (max(0, sum - 1) / Double(smaller - 1)).squareRoot()
  }
}
