/// Where the text of a field lies.
struct Cell {
  var start: Int
  var length: Int
}

/// The texts of a column's levels and of its missing values, one after another: rows are looked up, not formatted.
struct LevelTexts {
  let bytes: ByteBuffer
  /// By code; the last one is the marker of missing values.
  private let cells: [Cell]

  init(_ levels: [[UInt8]], marker: [UInt8]) {
    let bytes = ByteBuffer(capacity: marker.count + levels.reduce(0) { $0 + $1.count })
    cells = (levels + [marker]).map { text in
      defer { bytes.append(text) }
      return Cell(start: bytes.count, length: text.count)
    }
    self.bytes = bytes
  }

  /// The cell of each of `rows`: the marker's for missing ones and for codes without a level.
  func find(_ codes: [Int32], _ validity: Validity?, _ rows: Range<Int>, into output: UnsafeMutablePointer<Cell>) {
    let missing = cells.count - 1
    codes.withUnsafeBufferPointer { codes in
      cells.withUnsafeBufferPointer { cells in
        for (place, row) in rows.enumerated() {
          let code = Int(codes[row])
          output[place] = cells[code >= 0 && code < missing && validity?[row] ?? true ? code : missing]
        }
      }
    }
  }
}
