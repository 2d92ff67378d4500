import MynahParallelism

/// Gathers a model's output, a batch at a time, into an encoded table. Dense output is reduced: a softmax span becomes the
/// code of its greatest number, a scalar stays.
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
    for start in stride(from: 0, to: rows.count, by: Self.batch) {
      let count = min(Self.batch, rows.count - start)
      let first = rows.lowerBound + start
      collect(activated: source + start * table.layout.width, batch: first..<first + count)
    }
  }

  /// Takes over rows that are drawn already as the table's `rows`: for each span, `layout.placements.count` in a row, the
  /// code of a softmax span or the bits of a scalar.
  ///
  /// - Precondition: codes are below their span's width.
  package mutating func collect(drawn source: UnsafePointer<UInt32>, rows: Range<Int>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= table.rowCount, "RowCollector: rows \(rows)")
    for index in table.layout.placements.indices { store(source + index, rows, inBlock: index) }
  }

  private static let batch = 4_096

  /// At most `batch` rows: reduced row by row on all threads, then stored.
  private mutating func collect(activated source: UnsafePointer<Float>, batch rows: Range<Int>) {
    let (width, placements) = (table.layout.width, table.layout.placements)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: max(1, rows.count * placements.count)) { scratch in
      let scratch = scratch.baseAddress!
      parallelChunks(of: rows.count, size: 128) { places in
        for place in places {
          let row = source + place * width
          for (index, placement) in placements.enumerated() {
            let span = row + placement.offset
            scratch[place * placements.count + index] =
              placement.span.head == .softmax
              ? UInt32(truncatingIfNeeded: indexOfGreatest(span, placement.span.width)) : span[0].bitPattern
          }
        }
      }
      collect(drawn: scratch, rows: rows)
    }
  }

  /// Stores every `placements.count`-th of the values.
  private mutating func store(_ values: UnsafePointer<UInt32>, _ rows: Range<Int>, inBlock index: Int) {
    // The block is taken out while it is changed, so that its memory has one owner and is not copied.
    let stride = table.layout.placements.count
    var block = EncodedBlock.scalars([])
    swap(&block, &table.blocks[index])
    switch consume block {
    case .scalars(var scalars):
      for (place, row) in rows.enumerated() { scalars[row] = Float(bitPattern: values[place * stride]) }
      table.blocks[index] = .scalars(scalars)
    case .codes(var codes):
      codes.update { writer in
        for (place, row) in rows.enumerated() { writer.set(row, Int(values[place * stride])) }
      }
      table.blocks[index] = .codes(codes)
    }
  }
}

/// The first index of the greatest number; NaN counts as the least.
private func indexOfGreatest(_ values: UnsafePointer<Float>, _ count: Int) -> Int {
  // Four running maxima, so that one comparison need not wait for the last.
  var (a, b, c, d) = (-Float.infinity, -Float.infinity, -Float.infinity, -Float.infinity)
  var index = 0
  while index + 4 <= count {
    a = values[index] > a ? values[index] : a
    b = values[index + 1] > b ? values[index + 1] : b
    c = values[index + 2] > c ? values[index + 2] : c
    d = values[index + 3] > d ? values[index + 3] : d
    index += 4
  }
  while index < count {
    a = values[index] > a ? values[index] : a
    index += 1
  }
  a = b > a ? b : a
  c = d > c ? d : c
  let greatest = c > a ? c : a
  for index in 0..<count where values[index] == greatest { return index }
  return 0
}
