import Foundation
import MynahEncoders
import MynahParallelism
import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

@Suite struct TableEncoderTests {
  @Test func tablesComeBack() throws {
    let table = try mixedTable(3_000)
    var random = RandomSource(seed: 1)
    let fitted = try TableEncoder().fitted(to: table, using: &random)
    let encoded = try fitted.encode(table, using: &random)
    let decoded = try fitted.decode(encoded, using: &random)
    #expect(decoded.schema == table.schema && decoded.rowCount == 3_000)
    let tolerances = ["amount": 300.0, "age": 10, "gain": 4, "when": 10_000]
    for (index, described) in table.schema.columns.enumerated() where described.kind != .identifier {
      let tolerance = tolerances[described.name] ?? 0
      #expect(differences(decoded.columns[index], table.columns[index], tolerance: tolerance) == [])
    }
    guard case .integer(let keys, nil)? = decoded["key"] else {
      Issue.record("expected whole numbers")
      return
    }
    #expect(keys.first == 4_000 && Set(keys).count == 3_000)
  }

  @Test func identifiersGoOnFromPieceToPiece() throws {
    let table = try mixedTable(50)
    var random = RandomSource(seed: 1)
    let fitted = try TableEncoder().fitted(to: table, using: &random)
    let encoded = try fitted.encode(table, using: &random)
    #expect(try fitted.decode(encoded, firstRow: 50, using: &random)["key"] == .integer(Array(1_100..<1_150), nil))
    #expect(throws: TableError.self) { try fitted.decode(encoded, firstRow: -1, using: &random) }
    #expect(throws: TableError.self) { try fitted.decode(encoded, firstRow: .max - 5, using: &random) }
    #expect(throws: TableError.self) { try fitted.decode(encoded, firstRow: 1 << 56, using: &random) }
  }

  @Test func layoutPlacesEverySpanOnce() throws {
    var random = RandomSource(seed: 1)
    let fitted = try TableEncoder().fitted(to: mixedTable(2_000), using: &random)
    let layout = fitted.layout
    #expect(layout.placements.flatMap { Array($0.range) } == Array(0..<layout.width))
    for (index, column) in fitted.columns.enumerated() {
      #expect(layout.blocks(of: index).map { layout.placements[$0].span } == column.spans)
      #expect(layout.blocks(of: index).allSatisfy { layout.placements[$0].column == index })
    }
    let names = layout.discreteColumns.map { fitted.schema.columns[$0.column].name }
    #expect(names == ["country", "fraud"])
    #expect(layout.discreteColumns.map(\.cardinality) == [5, 3] && layout.conditionWidth == 8)
    #expect(layout.discreteColumns.map(\.conditionOffset) == [0, 5])
    for column in layout.discreteColumns { #expect(layout.placements[column.block].offset == column.offset) }
    #expect((layout.scalarBlocks + layout.codeBlocks).sorted() == Array(layout.placements.indices))
  }

  @Test func sameBytesWithAnyNumberOfThreads() throws {
    let table = try mixedTable(20_000)
    let before = threadCount
    defer { threadCount = before }
    var results: [(FittedTableEncoder, EncodedTable, Table)] = []
    for threads in [1, 2, 3] {
      threadCount = threads
      var random = RandomSource(seed: 5)
      let fitted = try TableEncoder().fitted(to: table, using: &random)
      let encoded = try fitted.encode(table, using: &random)
      results.append((fitted, encoded, try fitted.decode(encoded, using: &random)))
    }
    #expect(results.dropFirst().allSatisfy { $0 == results[0] })
  }

  @Test func errorsNameTheColumn() throws {
    var random = RandomSource(seed: 1)
    let schema = Schema([ColumnSchema(name: "id", kind: .identifier), ColumnSchema(name: "price", kind: .continuous)])
    let broken = try Table(schema: schema, columns: [.integer([1, 2], nil), .continuous([1, .infinity], nil)])
    #expect(throws: TableError("column 'price' row 2 is inf, numbers must be finite")) {
      try TableEncoder().fitted(to: broken, using: &random)
    }
    let mismatched = try Table(schema: schema, columns: [.integer([1, 2], nil), .integer([1, 2], nil)])
    #expect(throws: TableError.self) { try TableEncoder().fitted(to: mismatched, using: &random) }
    let good = try Table(schema: schema, columns: [.integer([1, 2], nil), .continuous([1, 2], nil)])
    let fitted = try TableEncoder().fitted(to: good, using: &random)
    #expect(throws: TableError.self) { try fitted.encode(mixedTable(10), using: &random) }
    #expect(throws: TableError("column 'price' row 2 is inf, numbers must be finite")) {
      try fitted.encode(broken, using: &random)
    }
  }

  @Test func digitsOfTheSchemaAreKept() throws {
    var schema = ColumnSchema(name: "price", kind: .continuous)
    schema.fractionDigits = 1
    var random = RandomSource(seed: 1)
    let values = (0..<300).map { _ in (random.uniform() * 1_000).rounded() / 10 }
    let table = try Table(schema: Schema([schema]), columns: [.continuous(values, nil)])
    let fitted = try TableEncoder().fitted(to: table, using: &random)
    let decoded = try fitted.decode(fitted.encode(table, using: &random), using: &random)
    // Rounding makes up for α's 24 bits: values come back to the last digit, but for those clipped at 4 σ.
    let same = (0..<300).filter { decoded.columns[0].number(at: $0) == values[$0] }
    #expect(same.count > 290)
  }

  @Test func rowsAndColumnsMayBeFew() throws {
    var random = RandomSource(seed: 1)
    for count in [0, 1, 2, 9] {
      let table = try mixedTable(count)
      let fitted = try TableEncoder().fitted(to: table, using: &random)
      let decoded = try fitted.decode(fitted.encode(table, using: &random), using: &random)
      #expect(decoded.rowCount == count)
      for (index, described) in table.schema.columns.enumerated() where described.kind != .identifier {
        #expect(differences(decoded.columns[index], table.columns[index], tolerance: 1e5) == [])
      }
    }
    let empty = try Table(schema: Schema([]), columns: [])
    #expect(try TableEncoder().fitted(to: empty, using: &random).layout.width == 0)
  }
}
