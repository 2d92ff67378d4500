import MynahRandomness
import MynahTables

/// A table's fitted encoders: a value that a model file keeps.
public struct FittedTableEncoder: Codable, Sendable, Equatable {
  /// The schema of the table fitted to; decoded tables have it too.
  public let schema: Schema
  /// One for each column.
  public let columns: [FittedColumn]
  /// Where the columns' spans lie in an encoded row.
  public let layout: EncodedLayout

  /// - Throws: `TableError` when columns and schema do not match, or an encoded row would have more than 2^31 numbers.
  public init(schema: Schema, columns: [FittedColumn]) throws(TableError) {
    guard schema.columns.count == columns.count else {
      throw TableError("\(columns.count) column encoders for \(schema.columns.count) columns")
    }
    for (described, column) in zip(schema.columns, columns) where try !column.makes(described.kind) {
      throw TableError("column '\(described.name)' is \(described.kind.rawValue), its values or its encoder are not")
    }
    let spans = columns.map(\.spans)
    guard spans.joined().reduce(0, { $0 + $1.width }) < Int(Int32.max) else {
      throw TableError("an encoded row would have more than 2^31 numbers; drop columns with very many levels")
    }
    self.schema = schema
    self.columns = columns
    layout = EncodedLayout(spans: spans, isDiscrete: columns.map(\.isDiscrete))
  }

  private enum CodingKeys: String, CodingKey { case schema, columns }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      schema: container.decode(Schema.self, forKey: .schema),
      columns: container.decode([FittedColumn].self, forKey: .columns))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(columns, forKey: .columns)
  }

  /// Encodes a table with the same columns as the one fitted to. The modes of numbers are drawn.
  ///
  /// - Throws: `TableError` that names the column when one is of another kind, or holds what was never seen.
  public func encode(_ table: Table, using random: inout RandomSource) throws(TableError) -> EncodedTable {
    guard table.schema.columns.map(\.name) == schema.columns.map(\.name) else {
      throw TableError("the table's columns are not those the encoder was fitted to")
    }
    let sources = columns.map { _ in random.split() }
    let blocks = try concurrently(schema) { (index) throws(TableError) in
      var own = sources[index]
      return try columns[index].encode(table.columns[index], using: &own)
    }
    return EncodedTable(layout: layout, rowCount: table.rowCount, blocks: blocks.flatMap(\.self))
  }

  /// The table that encoded rows stand for.
  ///
  /// - Parameters:
  ///   - encoded: rows in this encoder's layout.
  ///   - firstRow: the number of the first of these rows in the whole sampled table, which may be decoded in pieces;
  ///     identifiers depend on it.
  ///   - random: for values that are drawn.
  public func decode(
    _ encoded: EncodedTable, firstRow: Int = 0, using random: inout RandomSource
  ) throws(TableError) -> Table {
    let rows = try Self.numbers(of: encoded.rowCount, from: firstRow)
    return try decode(encoded, using: &random) { (index, blocks, random) throws(TableError) in
      try columns[index].decode(blocks, rows: rows, using: &random)
    }
  }

  /// The table without its identifiers, all of which are missing: for tables that are to be put together from rows of
  /// several, and named by `namingRows` then.
  package func decodeNameless(_ encoded: EncodedTable, using random: inout RandomSource) throws(TableError) -> Table {
    try decode(encoded, using: &random) { (index, blocks, random) throws(TableError) in
      if namesRows(index) {
        return .categorical(
          codes: Array(repeating: -1, count: encoded.rowCount), levels: [],
          Validity(count: encoded.rowCount, allPresent: false))
      }
      return try columns[index].decode(blocks, count: encoded.rowCount, using: &random)
    }
  }

  /// The table with identifiers made anew.
  package func namingRows(
    of table: Table, firstRow: Int, using random: inout RandomSource
  ) throws(TableError) -> Table {
    guard table.columns.count == columns.count else {
      throw TableError("the table has \(table.columns.count) columns, the encoder was fitted to \(columns.count)")
    }
    let rows = try Self.numbers(of: table.rowCount, from: firstRow)
    var named = table.columns
    for (index, column) in columns.enumerated() where namesRows(index) {
      named[index] = try column.decode([], rows: rows, using: &random)
    }
    return try Table(schema: schema, columns: named)
  }

  /// Whether a column's values depend on the rows' numbers only, not on what a model makes.
  private func namesRows(_ index: Int) -> Bool {
    schema.columns[index].kind == .identifier && columns[index].spans.isEmpty
  }

  private func decode(
    _ encoded: EncodedTable, using random: inout RandomSource,
    _ column: (Int, [EncodedBlock], inout RandomSource) throws(TableError) -> Column
  ) throws(TableError) -> Table {
    guard encoded.layout == layout else { throw TableError("the encoded rows are another encoder's") }
    let sources = columns.map { _ in random.split() }
    let decoded = try concurrently(schema) { (index) throws(TableError) in
      let blocks = Array(encoded.blocks[layout.blocks(of: index)])
      var own = sources[index]
      return try column(index, blocks, &own)
    }
    return try Table(schema: schema, columns: decoded)
  }

  private static func numbers(of rowCount: Int, from firstRow: Int) throws(TableError) -> Range<Int> {
    let (end, overflows) = firstRow.addingReportingOverflow(rowCount)
    guard firstRow >= 0, !overflows else { throw TableError("\(rowCount) rows from number \(firstRow)") }
    return firstRow..<end
  }

  /// The table that dense rows stand for: `rowCount` rows of `layout.width` model outputs after their activations.
  public func decode(
    activated rows: UnsafePointer<Float>, rowCount: Int, using random: inout RandomSource
  ) throws(TableError) -> Table {
    var collector = RowCollector(layout: layout, rowCount: rowCount)
    collector.collect(activated: rows, rows: 0..<rowCount)
    return try decode(collector.table, using: &random)
  }
}

extension FittedColumn {
  /// Whether it decodes to columns that are stored as `kind` demands; what it makes of no rows tells.
  fileprivate func makes(_ kind: ColumnKind) throws(TableError) -> Bool {
    let none = spans.map { span in
      span.head == .softmax ? EncodedBlock.codes(CompactCodes(count: 0, cardinality: span.width)) : .scalars([])
    }
    var random = RandomSource(seed: 0)
    return switch (try decode(none, rows: 0..<0, using: &random), kind) {
    case (.continuous, .continuous), (.integer, .integer), (.timestamp, .datetime), (.categorical, .categorical),
      (.categorical, .boolean), (.integer, .identifier), (.categorical, .identifier):
      true
    default: false
    }
  }
}
