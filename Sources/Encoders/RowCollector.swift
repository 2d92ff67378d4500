import MynahParallelism

/// Gathers a model's dense output, a batch at a time, into an encoded table: a softmax span becomes the code of its
/// greatest number, a scalar stays.
public struct RowCollector: Sendable {
  /// Rows not collected yet are zeros.
  public private(set) var table: EncodedTable

  /// Makes room for `rowCount` rows.
  public init(layout: EncodedLayout, rowCount: Int) {
    let blocks = layout.placements.map { placement in
      placement.span.head == .softmax
        ? EncodedBlock.codes(CompactCodes(count: rowCount, cardinality: placement.span.width))
        : .scalars([Float](repeating: 0, count: rowCount))
    }
    table = EncodedTable(layout: layout, rowCount: rowCount, blocks: blocks)
  }

  /// Takes over `rows.count` rows of `layout.width` numbers after their activations as the table's `rows`.
  public mutating func collect(activated source: UnsafePointer<Float>, rows: Range<Int>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= table.rowCount, "RowCollector: rows \(rows)")
    let width = table.layout.width
    for (index, placement) in table.layout.placements.enumerated() {
      // The block is taken out while it is changed, so that its memory has one owner and is not copied.
      var block = EncodedBlock.scalars([])
      swap(&block, &table.blocks[index])
      switch consume block {
      case .scalars(var values):
        values.withUnsafeMutableBufferPointer { values in
          let first = source + placement.offset
          for (place, row) in rows.enumerated() { values[row] = first[place * width] }
        }
        block = .scalars(values)
      case .codes(var codes):
        codes.update { writer in
          parallelChunks(of: rows.count, size: 4_096) { places in
            for place in places {
              let span = source + (place * width + placement.offset)
              writer.set(rows.lowerBound + place, indexOfGreatest(span, placement.span.width))
            }
          }
        }
        block = .codes(codes)
      }
      table.blocks[index] = block
    }
  }
}

/// The first index of the greatest number; NaN is never greater.
private func indexOfGreatest(_ values: UnsafePointer<Float>, _ count: Int) -> Int {
  var best = 0
  for index in 1..<max(1, count) where values[index] > values[best] { best = index }
  return best
}
