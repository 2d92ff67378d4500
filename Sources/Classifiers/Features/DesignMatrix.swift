/// Features of rows as numbers, the nonzero or known ones only (compressed sparse rows): what classifiers learn from.
///
/// Eight bytes an entry: a table of 500,000 rows and 40 columns takes 160 MB, whatever the number of levels.
public struct DesignMatrix: Sendable {
  public let rowCount: Int
  public let columnCount: Int
  /// Row `i` has the entries `rowStarts[i] ..< rowStarts[i + 1]`.
  package let rowStarts: [Int]
  /// Columns of the entries, ascending within a row.
  package let indices: [UInt32]
  package let values: [Float]

  package init(columnCount: Int, rowStarts: [Int], indices: [UInt32], values: [Float]) {
    precondition(
      !rowStarts.isEmpty && indices.count == values.count && rowStarts[rowStarts.count - 1] == values.count,
      "DesignMatrix: \(indices.count) columns and \(values.count) values for rows that end at \(rowStarts.last ?? -1)")
    rowCount = rowStarts.count - 1
    self.columnCount = columnCount
    self.rowStarts = rowStarts
    self.indices = indices
    self.values = values
  }

  /// All numbers of `rows`, each a row; NaN is left out, as missing.
  package init(dense rows: [[Double]]) {
    var starts = [0]
    var indices: [UInt32] = []
    var values: [Float] = []
    for row in rows {
      for (column, value) in row.enumerated() where !value.isNaN {
        indices.append(UInt32(column))
        values.append(Float(value))
      }
      starts.append(values.count)
    }
    self.init(columnCount: rows.first?.count ?? 0, rowStarts: starts, indices: indices, values: values)
  }

  /// The rows at `rows`, in that order.
  package func gathering(_ rows: [Int]) -> DesignMatrix {
    var starts = [0]
    starts.reserveCapacity(rows.count + 1)
    for row in rows { starts.append(starts[starts.count - 1] + rowStarts[row + 1] - rowStarts[row]) }
    var (picked, numbers): ([UInt32], [Float]) = ([], [])
    picked.reserveCapacity(starts[rows.count])
    numbers.reserveCapacity(starts[rows.count])
    for row in rows {
      picked += indices[rowStarts[row]..<rowStarts[row + 1]]
      numbers += values[rowStarts[row]..<rowStarts[row + 1]]
    }
    return DesignMatrix(columnCount: columnCount, rowStarts: starts, indices: picked, values: numbers)
  }

  /// These rows, then the other's, which have the same columns.
  package func appending(_ other: DesignMatrix) -> DesignMatrix {
    precondition(
      columnCount == other.columnCount, "appending(_:): \(other.columnCount) columns after \(columnCount) columns")
    let end = rowStarts[rowCount]
    return DesignMatrix(
      columnCount: columnCount, rowStarts: rowStarts + other.rowStarts.dropFirst().map { $0 + end },
      indices: indices + other.indices, values: values + other.values)
  }
}
