/// A table as a model sees it, kept compact: a byte or so for each one-hot span and four for each scalar.
///
/// A batch is either widened to dense rows, or read as codes and scalars for a first layer that gathers.
public struct EncodedTable: Sendable, Equatable {
  public let layout: EncodedLayout
  public private(set) var rowCount: Int
  /// One block per span, in the order of `layout.placements`.
  public internal(set) var blocks: [EncodedBlock]

  /// - Precondition: blocks fit the layout.
  init(layout: EncodedLayout, rowCount: Int, blocks: [EncodedBlock]) {
    precondition(blocks.count == layout.placements.count && blocks.allSatisfy { $0.count == rowCount })
    self.layout = layout
    self.rowCount = rowCount
    self.blocks = blocks
  }

  /// Writes the dense encoded form of `rows` into `output`: `rows.count` rows of `layout.width` numbers.
  public func widen(rows: UnsafeBufferPointer<Int32>, into output: UnsafeMutablePointer<Float>) {
    checkRows(rows)
    let width = layout.width
    output.update(repeating: 0, count: rows.count * width)
    for (block, placement) in zip(blocks, layout.placements) {
      let offset = placement.offset
      switch block {
      case .scalars(let values):
        values.withUnsafeBufferPointer { values in
          for (place, row) in rows.enumerated() { output[place * width + offset] = values[Int(row)] }
        }
      case .codes(let codes):
        codes.withElements { elements in
          switch elements {
          case .bytes(let codes):
            for (place, row) in rows.enumerated() { output[place * width + offset + Int(codes[Int(row)])] = 1 }
          case .halves(let codes):
            for (place, row) in rows.enumerated() { output[place * width + offset + Int(codes[Int(row)])] = 1 }
          case .words(let codes):
            for (place, row) in rows.enumerated() { output[place * width + offset + Int(codes[Int(row)])] = 1 }
          }
        }
      }
    }
  }

  /// The same as an array.
  public func widened(rows: [Int32]) -> [Float] {
    var output = [Float](repeating: 0, count: rows.count * layout.width)
    rows.withUnsafeBufferPointer { rows in
      output.withUnsafeMutableBufferPointer { output in
        if let base = output.baseAddress { widen(rows: rows, into: base) }
      }
    }
    return output
  }

  /// For each of `rows`, the positions in the encoded row that are 1: `layout.codeBlocks.count` numbers a row, each the
  /// span's offset plus its code.
  public func codes(rows: UnsafeBufferPointer<Int32>, into output: UnsafeMutablePointer<Int32>) {
    checkRows(rows)
    let stride = layout.codeBlocks.count
    for (place, block) in layout.codeBlocks.enumerated() {
      guard case .codes(let codes) = blocks[block] else { continue }
      let offset = Int32(layout.codeOffsets[place])
      let target = output + place
      codes.withElements { elements in
        switch elements {
        case .bytes(let codes):
          for (index, row) in rows.enumerated() { target[index * stride] = offset + Int32(codes[Int(row)]) }
        case .halves(let codes):
          for (index, row) in rows.enumerated() { target[index * stride] = offset + Int32(codes[Int(row)]) }
        case .words(let codes):
          for (index, row) in rows.enumerated() { target[index * stride] = offset + codes[Int(row)] }
        }
      }
    }
  }

  /// For each of `rows`, its scalars: `layout.scalarBlocks.count` numbers a row, in the order of `layout.scalarOffsets`.
  public func scalars(rows: UnsafeBufferPointer<Int32>, into output: UnsafeMutablePointer<Float>) {
    checkRows(rows)
    let stride = layout.scalarBlocks.count
    for (place, block) in layout.scalarBlocks.enumerated() {
      guard case .scalars(let values) = blocks[block] else { continue }
      values.withUnsafeBufferPointer { values in
        for (index, row) in rows.enumerated() { output[index * stride + place] = values[Int(row)] }
      }
    }
  }

  /// Takes some rows out, one block after the other, so that at most one of them is there twice.
  ///
  /// - Parameter rows: ascending and distinct.
  /// - Precondition: every row is in 0 ..< rowCount.
  public mutating func exclude(_ rows: [Int]) {
    var keeps = [Bool](repeating: true, count: rowCount)
    for row in rows { keeps[row] = false }
    let left = rowCount - rows.count
    for index in blocks.indices {
      switch blocks[index] {
      case .scalars(let values):
        blocks[index] = .scalars(values.indices.lazy.filter { keeps[$0] }.map { values[$0] })
      case .codes(let codes):
        var some = CompactCodes(count: left, cardinality: codes.cardinality)
        some.update { writer in
          var place = 0
          for row in 0..<codes.count where keeps[row] {
            writer.set(place, codes[row])
            place += 1
          }
        }
        blocks[index] = .codes(some)
      }
    }
    rowCount = left
  }

  private func checkRows(_ rows: UnsafeBufferPointer<Int32>) {
    for row in rows { precondition(row >= 0 && Int(row) < rowCount, "EncodedTable: row \(row) of \(rowCount)") }
  }
}
