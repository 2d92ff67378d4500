import MynahTables

/// Reads a column as the cells of its marginal: levels or bins of numbers. A missing value is the cell after the levels,
/// and −1 in a column of numbers.
struct CellReader {
  private enum Source {
    case levels([Int32], map: [Int32], missing: Int32)
    case numbers(NumberMarginal)
  }

  private let column: Column
  private let source: Source

  /// Nil for identifiers. The column is one of the table fitted to.
  init?(_ column: Column, _ marginal: ColumnMarginal) {
    self.column = column
    switch (marginal, column) {
    case (.levels(let marginal), .categorical(let codes, let levels, _)):
      let known = Dictionary(zip(marginal.levels, Int32(0)...), uniquingKeysWith: { first, _ in first })
      source = .levels(codes, map: levels.map { known[$0] ?? 0 }, missing: Int32(marginal.levels.count))
    case (.numbers(let marginal), _): source = .numbers(marginal)
    default: return nil
    }
  }

  /// Writes the cells of `rows` to `output`.
  func read(_ rows: Range<Int>, into output: UnsafeMutablePointer<Int32>) {
    let validity = column.validity
    switch source {
    case .levels(let codes, let map, let missing):
      for (place, row) in rows.enumerated() { output[place] = validity?[row] ?? true ? map[Int(codes[row])] : missing }
    case .numbers(let marginal):
      switch (marginal.bins, column) {
      case (.real(let bins, _), .continuous(let values, _)):
        for (place, row) in rows.enumerated() {
          output[place] = validity?[row] ?? true ? Int32(bins.bin(of: values[row])) : -1
        }
      case (.whole(let bins, _), .integer(let values, _)), (.whole(let bins, _), .timestamp(let values, _)):
        for (place, row) in rows.enumerated() {
          output[place] = validity?[row] ?? true ? Int32(bins.bin(of: values[row])) : -1
        }
      default: output.update(repeating: -1, count: rows.count)
      }
    }
  }
}
