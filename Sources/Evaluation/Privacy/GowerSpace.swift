import MynahParallelism
import MynahStatistics
import MynahTables

/// Rows as points that `GowerNeighbors` measures: numbers as shares of the training table's range, categories equal or not,
/// missing values a level of their own. A number that is the same in all training rows is equal or not, too.
///
/// The distances are those of SDMetrics' `calculate_dcr` with the training table as reference.
struct GowerSpace {
  enum Source: Int { case train, synthetic, holdout }

  private let axes: [Axis]
  private let counts: [Int]

  init(_ tables: PrivacyTables) {
    let sets = [tables.train, tables.synthetic] + (tables.holdout.map { [$0] } ?? [])
    counts = [tables.trainRows, tables.syntheticRows, tables.holdoutRows]
    axes = parallelMap(tables.names.count) { place in Axis(sets.map { $0[place] }) }
  }

  var train: MixedPoints { points(of: .train) }
  var synthetic: MixedPoints { points(of: .synthetic) }

  /// - Parameters:
  ///   - source: the holdout only where there is one.
  ///   - columns: places of the columns that count; all unless given.
  ///   - rows: all unless given.
  func points(of source: Source, columns: [Int]? = nil, rows: [Int]? = nil) -> MixedPoints {
    var numbers: [[Double]] = []
    var categories: [CategoricalFeature] = []
    func picked<Value>(_ values: [Value]) -> [Value] { rows.map { $0.map { values[$0] } } ?? values }
    for axis in columns.map({ $0.map { axes[$0] } }) ?? axes {
      switch axis {
      case .numbers(let values): numbers.append(picked(values[source.rawValue]))
      case .levels(let codes):
        categories.append(CategoricalFeature(codes: picked(codes[source.rawValue]), .mismatch(weight: 1)))
      }
    }
    let count = rows?.count ?? counts[source.rawValue]
    return MixedPoints(
      count: count, dimensions: numbers.count, numbers: rowMajor(numbers, count), categories: categories)
  }

  /// One column of every table.
  private enum Axis {
    case numbers([[Double]])
    case levels([[Int32]])

    /// - Parameter columns: the training table's first.
    init(_ columns: [Column]) {
      let numbers = columns.compactMap { $0.numbersWithGaps() }
      let finite = numbers.first?.lazy.filter(\.isFinite)
      guard let minimum = finite?.min(), let maximum = finite?.max(), maximum > minimum else {
        let codes = CellCodes.codes(of: columns).codes
        var start = 0
        self = .levels(
          columns.map { column in
            defer { start += column.count }
            return Array(codes[start..<start + column.count])
          })
        return
      }
      // Half of the values have a range that does not overflow.
      let halves = (maximum - minimum).isInfinite
      let range = halves ? maximum / 2 - minimum / 2 : maximum - minimum
      self = .numbers(
        numbers.map { values in
          values.map { halves ? ($0 / 2 - minimum / 2) / range : ($0 - minimum) / range }
        })
    }
  }
}

private func rowMajor(_ columns: [[Double]], _ rows: Int) -> [Double] {
  var values = [Double](repeating: 0, count: rows * columns.count)
  for (j, column) in columns.enumerated() {
    for row in 0..<rows { values[row * columns.count + j] = column[row] }
  }
  return values
}
