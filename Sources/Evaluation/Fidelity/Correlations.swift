import MynahParallelism

/// Pearson's correlation of every two of a table's number columns, over the rows where both have a value:
///
///     r = Σ (x - x̄)(y - ȳ) / √(Σ (x - x̄)² · Σ (y - ȳ)²)
///
/// There is none (nil) where fewer than two rows have both, where one column does not vary over them, or where a value
/// is infinite.
///
/// Columns without gaps are centred once, and all their products are summed in one pass over blocks of rows that stay
/// in cache. Blocks depend on the number of rows only, so the sums do not depend on the number of threads.
struct Correlations {
  private let count: Int
  /// The upper triangle, row by row, NaN for none.
  private var values: [Double]

  /// - Parameter columns: numbers, NaN where missing, all of the same length.
  init(_ columns: [[Double]]) {
    count = columns.count
    values = Array(repeating: .nan, count: count * (count - 1) / 2)
    let centred = parallelMap(columns.count) { CentredColumn(columns[$0]) }
    let whole = centred.indices.filter { centred[$0].isComplete && centred[$0].varies }
    let products = Self.products(whole.map { centred[$0].values })
    for (i, first) in whole.enumerated() {
      for (j, second) in whole.enumerated() where j > i {
        let (xx, yy, xy) = (products[i * whole.count + i], products[j * whole.count + j], products[i * whole.count + j])
        values[slot(first, second)] = Self.correlation(xx, yy, xy)
      }
    }
    var gapped: [(Int, Int)] = []
    for first in centred.indices where centred[first].varies {
      for second in centred.indices where second > first && centred[second].varies {
        if !centred[first].isComplete || !centred[second].isComplete { gapped.append((first, second)) }
      }
    }
    let pairwise = parallelMap(gapped.count) { index in
      Self.correlationOverCommonRows(centred[gapped[index].0].values, centred[gapped[index].1].values)
    }
    for (pair, value) in zip(gapped, pairwise) { values[slot(pair.0, pair.1)] = value }
  }

  subscript(first: Int, second: Int) -> Double? {
    let value = values[slot(min(first, second), max(first, second))]
    return value.isNaN ? nil : value
  }

  private func slot(_ first: Int, _ second: Int) -> Int { first * (2 * count - first - 1) / 2 + second - first - 1 }

  private static func correlation(_ xx: Double, _ yy: Double, _ xy: Double) -> Double {
    let norm = (xx * yy).squareRoot()
    return norm > 0 ? max(-1, min(1, xy / norm)) : .nan
  }

  /// Σ x·y for every two columns, as a full matrix of which the upper triangle is filled.
  private static func products(_ columns: [[Double]]) -> [Double] {
    let size = columns.count
    guard let rows = columns.first?.count else { return [] }
    let blockRows = 2048
    let blocks = (rows + blockRows - 1) / blockRows
    let partial = parallelMap(blocks) { block in
      let range = block * blockRows..<min(rows, (block + 1) * blockRows)
      var sums = [Double](repeating: 0, count: size * size)
      for i in 0..<size {
        columns[i].withUnsafeBufferPointer { x in
          for j in i..<size {
            sums[i * size + j] = columns[j].withUnsafeBufferPointer { y in dot(x, y, over: range) }
          }
        }
      }
      return sums
    }
    var total = [Double](repeating: 0, count: size * size)
    for sums in partial {
      for index in total.indices { total[index] += sums[index] }
    }
    return total
  }

  /// Four sums side by side, because one alone would wait for each addition to finish.
  private static func dot(
    _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>, over rows: Range<Int>
  ) -> Double {
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    var row = rows.lowerBound
    while row + 4 <= rows.upperBound {
      a += x[row] * y[row]
      b += x[row + 1] * y[row + 1]
      c += x[row + 2] * y[row + 2]
      d += x[row + 3] * y[row + 3]
      row += 4
    }
    while row < rows.upperBound {
      a += x[row] * y[row]
      row += 1
    }
    return (a + b) + (c + d)
  }

  private static func correlationOverCommonRows(_ x: [Double], _ y: [Double]) -> Double {
    var common: ([Double], [Double]) = ([], [])
    for (a, b) in zip(x, y) where !(a + b).isNaN {
      common.0.append(a)
      common.1.append(b)
    }
    let (first, second) = (CentredColumn(common.0), CentredColumn(common.1))
    guard first.varies, second.varies else { return .nan }
    let range = 0..<common.0.count
    return first.values.withUnsafeBufferPointer { x in
      second.values.withUnsafeBufferPointer { y in
        correlation(dot(x, x, over: range), dot(y, y, over: range), dot(x, y, over: range))
      }
    }
  }
}

/// A column moved and scaled into [-1, 1] (so that no square overflows), then freed of its mean. Neither changes a
/// correlation.
private struct CentredColumn {
  /// Empty where the column does not vary.
  var values: [Double] = []
  /// Whether two values differ and none is infinite.
  var varies = false
  var isComplete = true

  init(_ numbers: [Double]) {
    var (low, high, present) = (Double.infinity, -Double.infinity, 0)
    for number in numbers where !number.isNaN {
      (low, high, present) = (min(low, number), max(high, number), present + 1)
    }
    isComplete = present == numbers.count
    guard low < high, low.isFinite, high.isFinite else { return }
    let (middle, halfSpan) = (low / 2 + high / 2, high / 2 - low / 2)
    guard halfSpan > 0 else { return }
    varies = true
    values = numbers.map { ($0 - middle) / halfSpan }
    var sum = 0.0
    for value in values where !value.isNaN { sum += value }
    let mean = sum / Double(present)
    for row in values.indices { values[row] -= mean }
  }
}
