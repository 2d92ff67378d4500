import MynahRandomness
import MynahTables
import Testing

@testable import MynahEncoders

@Suite struct EncodedTableTests {
  private func encodedTable(_ count: Int = 1_500) throws -> (FittedTableEncoder, EncodedTable) {
    let table = try mixedTable(count)
    var random = RandomSource(seed: 1)
    let fitted = try TableEncoder().fitted(to: table, using: &random)
    return (fitted, try fitted.encode(table, using: &random))
  }

  /// One dense row, straight from the blocks.
  private func dense(_ encoded: EncodedTable, row: Int) -> [Float] {
    zip(encoded.blocks, encoded.layout.placements).flatMap { block, placement -> [Float] in
      switch block {
      case .scalars(let values): [values[row]]
      case .codes(let codes): (0..<placement.span.width).map { codes[row] == $0 ? 1 : 0 }
      }
    }
  }

  @Test func widenedRowsAreOneHot() throws {
    let (_, encoded) = try encodedTable()
    let rows: [Int32] = [0, 1_499, 7, 7, 320]
    #expect(encoded.widened(rows: rows) == rows.flatMap { dense(encoded, row: Int($0)) })
    #expect(encoded.widened(rows: []).isEmpty)
  }

  @Test func codesAndScalarsAreTheWidenedRow() throws {
    let (_, encoded) = try encodedTable()
    let layout = encoded.layout
    let rows: [Int32] = [3, 1_200, 77]
    var codes = [Int32](repeating: 0, count: rows.count * layout.codeBlocks.count)
    var scalars = [Float](repeating: 0, count: rows.count * layout.scalarBlocks.count)
    rows.withUnsafeBufferPointer { rows in
      codes.withUnsafeMutableBufferPointer { encoded.codes(rows: rows, into: $0.baseAddress!) }
      scalars.withUnsafeMutableBufferPointer { encoded.scalars(rows: rows, into: $0.baseAddress!) }
    }
    for (place, row) in rows.enumerated() {
      var built = [Float](repeating: 0, count: layout.width)
      for index in 0..<layout.codeBlocks.count { built[Int(codes[place * layout.codeBlocks.count + index])] = 1 }
      for (index, offset) in layout.scalarOffsets.enumerated() {
        built[offset] = scalars[place * layout.scalarBlocks.count + index]
      }
      #expect(built == dense(encoded, row: Int(row)))
    }
  }

  @Test func collectingWidenedRowsGivesTheTableBack() throws {
    // More rows than a batch, taken over in uneven pieces.
    let (fitted, encoded) = try encodedTable(9_000)
    var collector = RowCollector(layout: fitted.layout, rowCount: 9_000)
    for rows in [0..<5_000, 5_000..<5_001, 5_001..<9_000] {
      collector.collect(activated: encoded.widened(rows: rows.map(Int32.init)), rows: rows)
    }
    #expect(collector.table == encoded)
    var random = RandomSource(seed: 2)
    var same = random
    #expect(
      try fitted.decode(activated: encoded.widened(rows: Array(0..<9_000)), rowCount: 9_000, using: &random)
        == fitted.decode(encoded, using: &same))
  }

  @Test func collectingTakesTheGreatestOfASpan() {
    let layout = EncodedLayout(
      spans: [[EncodedSpan(width: 1, head: .tanh), EncodedSpan(width: 6, head: .softmax)]], isDiscrete: [false])
    let nan = Float.nan
    let rows: [Float] =
      [0.5, 0.1, 0.1, 0.4, 0.2, 0.1, 0.1] + [-1, 0, 0, 0, 0, 0.3, 0.7] + [0, nan, nan, nan, nan, nan, nan]
      + [nan, nan, 0.2, nan, 0.5, nan, 0.5]
    var collector = RowCollector(layout: layout, rowCount: 4)
    collector.collect(activated: rows, rows: 0..<4)
    #expect(collector.table.blocks[1] == .codes(CompactCodes([2, 5, 0, 3], cardinality: 6)))
  }

  @Test func collectingDrawnRowsKeepsCodesAndScalars() {
    let layout = EncodedLayout(
      spans: [
        [EncodedSpan(width: 1, head: .tanh), EncodedSpan(width: 6, head: .softmax)],
        [EncodedSpan(width: 300, head: .softmax)],
      ], isDiscrete: [false, true])
    var collector = RowCollector(layout: layout, rowCount: 4)
    let half = Float(0.5).bitPattern
    collector.collect(drawn: [half, 5, 299], rows: 3..<4)
    collector.collect(drawn: [0, 1, 256, half, 0, 7], rows: 0..<2)
    #expect(
      collector.table.blocks == [
        .scalars([0, 0.5, 0, 0.5]), .codes(CompactCodes([1, 0, 0, 5], cardinality: 6)),
        .codes(CompactCodes([256, 7, 0, 299], cardinality: 300)),
      ])
  }

  @Test func rowIndexListsTheRowsOfEachLevel() throws {
    let (_, encoded) = try encodedTable()
    let indexes = encoded.rowIndexes()
    #expect(indexes.count == encoded.layout.discreteColumns.count)
    for (index, column) in zip(indexes, encoded.layout.discreteColumns) {
      guard case .codes(let codes) = encoded.blocks[column.block] else { continue }
      #expect(index.cardinality == column.cardinality && index.rows.count == 1_500)
      for level in 0..<column.cardinality {
        let rows = index.rows[Int(index.starts[level])..<Int(index.starts[level + 1])]
        #expect(Array(rows) == (0..<1_500).filter { codes[$0] == level }.map(Int32.init))
        #expect(index.count(of: level) == rows.count)
      }
    }
  }

  @Test(arguments: [1, 255, 256, 257, 65_536, 65_537, 1_000_000]) func codesOfEveryWidth(cardinality: Int) {
    let last = Int32(cardinality - 1)
    var codes = CompactCodes([0, last, last / 2], cardinality: cardinality)
    #expect((0..<3).map { codes[$0] } == [0, Int(last), Int(last / 2)])
    codes[0] = cardinality - 1
    #expect(codes == CompactCodes([last, last, last / 2], cardinality: cardinality))
    #expect(RowIndex(codes).count(of: cardinality - 1) >= 2)
  }
}
