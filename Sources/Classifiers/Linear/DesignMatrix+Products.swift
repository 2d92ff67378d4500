import MynahParallelism

extension DesignMatrix {
  /// Rows that are worked on at a time; sums over rows are taken piece by piece, in order.
  static let rowsPerPiece = 16_384

  /// w·x + b of every row.
  func products(with weights: [Double], adding intercept: Double) -> [Double] {
    precondition(weights.count == columnCount, "products(with:): \(weights.count) weights for \(columnCount) columns")
    return [Double](unsafeUninitializedCapacity: rowCount) { buffer, initialized in
      let output = buffer
      withEntries { entries in
        weights.withUnsafeBufferPointer { weights in
          parallelChunks(of: rowCount, size: Self.rowsPerPiece) { rows in
            for row in rows {
              output.initializeElement(at: row, to: entries.product(row, weights) + intercept)
            }
          }
        }
      }
      initialized = rowCount
    }
  }

  /// Σ over rows of `factor(row, w·x + b)` times the row, with a 1 behind it: columns + 1 sums.
  func sums(
    with weights: UnsafeBufferPointer<Double>, adding intercept: Double, factor: (Int, Double) -> Double
  ) -> [Double] {
    pieceSums { entries, row, sums in
      entries.add(row, times: factor(row, entries.product(row, weights) + intercept), to: sums)
    }
  }

  /// Σ over rows of `factor(row)` times the row, or its entries squared, with a 1 behind it: columns + 1 sums.
  func rowSums(squared: Bool = false, factor: (Int) -> Double) -> [Double] {
    pieceSums { entries, row, sums in
      if squared {
        entries.addSquares(row, times: factor(row), to: sums)
      } else {
        entries.add(row, times: factor(row), to: sums)
      }
    }
  }

  private func pieceSums(_ body: (Entries, Int, UnsafeMutablePointer<Double>) -> Void) -> [Double] {
    let width = columnCount + 1
    let pieces = max(1, (rowCount + Self.rowsPerPiece - 1) / Self.rowsPerPiece)
    var partial = Array(repeating: 0.0, count: pieces * width)
    partial.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      withEntries { entries in
        parallelChunks(of: rowCount, size: Self.rowsPerPiece) { rows in
          let own = base + rows.lowerBound / Self.rowsPerPiece * width
          for row in rows { body(entries, row, own) }
        }
      }
      for place in width..<max(width, buffer.count) { buffer[place % width] += buffer[place] }
    }
    return Array(partial.prefix(width))
  }

  private func withEntries<Result>(_ body: (Entries) -> Result) -> Result {
    rowStarts.withUnsafeBufferPointer { starts in
      indices.withUnsafeBufferPointer { indices in
        values.withUnsafeBufferPointer { values in
          body(Entries(width: columnCount, starts: starts, indices: indices, values: values))
        }
      }
    }
  }
}

private struct Entries {
  let width: Int
  let starts: UnsafeBufferPointer<Int>
  let indices: UnsafeBufferPointer<UInt32>
  let values: UnsafeBufferPointer<Float>

  func product(_ row: Int, _ weights: UnsafeBufferPointer<Double>) -> Double {
    var sum = 0.0
    for place in starts[row]..<starts[row + 1] { sum += Double(values[place]) * weights[Int(indices[place])] }
    return sum
  }

  func add(_ row: Int, times factor: Double, to sums: UnsafeMutablePointer<Double>) {
    for place in starts[row]..<starts[row + 1] { sums[Int(indices[place])] += factor * Double(values[place]) }
    sums[width] += factor
  }

  func addSquares(_ row: Int, times factor: Double, to sums: UnsafeMutablePointer<Double>) {
    for place in starts[row]..<starts[row + 1] {
      let value = Double(values[place])
      sums[Int(indices[place])] += factor * value * value
    }
    sums[width] += factor
  }
}
