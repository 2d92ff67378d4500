import MynahTables

/// A balanced table and where its rows come from.
///
/// New rows are made when they are asked for, from a recipe of some bytes each: a table of millions of rows can be written
/// block by block without ever being in memory.
public struct ResampledTable: Sendable {
  let source: Table
  /// The real rows that were kept, by number from 0, ascending.
  public let kept: [Int]
  let added: any AddedRows
  /// What a user should know, in one line each.
  public var notices: [String]

  init(source: Table, kept: [Int]? = nil, added: any AddedRows, notices: [String]) {
    self.source = source
    self.kept = kept ?? Array(0..<source.rowCount)
    self.added = added
    self.notices = notices
  }

  /// Real rows and rows that a method has made in another way, for example a model.
  ///
  /// - Throws: `TableError` where the two tables have different columns.
  public init(real: Table, added: Table, method: String, notices: [String] = []) throws(TableError) {
    guard real.schema == added.schema else { throw TableError("the new rows have other columns than the real ones") }
    self.init(source: real, added: FinishedRows(table: added, method: method), notices: notices)
  }

  public var schema: Schema { source.schema }
  /// Real rows; they come first.
  public var realCount: Int { kept.count }
  /// New rows; they follow, class by class.
  public var addedCount: Int { added.count }
  public var rowCount: Int { realCount + addedCount }

  /// The whole table.
  ///
  /// - Throws: What a method throws that makes rows when they are asked for.
  public func table() throws -> Table {
    let real = kept.count == source.rowCount ? source : source.gathering(kept)
    return added.count == 0 ? real : try real.joining([try added.rows(0..<added.count)])
  }

  /// Calls `body` with the whole table in pieces of at most `size` rows, in order, real rows first. Where all real rows
  /// were kept they come in one piece, the table that was given.
  public func forEachBlock(of size: Int = 50_000, _ body: (Table) throws -> Void) throws {
    if kept.count == source.rowCount {
      try body(source)
    } else {
      for start in stride(from: 0, to: kept.count, by: size) {
        try body(source.gathering(Array(kept[start..<min(kept.count, start + size)])))
      }
    }
    for start in stride(from: 0, to: added.count, by: size) {
      try body(try added.rows(start..<min(added.count, start + size)))
    }
  }

  /// How a new row was made, by its number from 0 among the new rows.
  public func origin(_ row: Int) -> RowOrigin { added.origin(row) }

  /// How every new row was made, in order.
  public var origins: [RowOrigin] { (0..<added.count).map { added.origin($0) } }
}

/// How a new row was made.
public struct RowOrigin: Sendable, Equatable {
  /// The method's identifier.
  public var method: String
  /// The real row it starts from, by number from 0; nil for a row that a model made.
  public var base: Int?
  /// The real row it leans towards; nil where there is none.
  public var neighbor: Int?

  public init(method: String, base: Int? = nil, neighbor: Int? = nil) {
    self.method = method
    self.base = base
    self.neighbor = neighbor
  }
}

/// New rows, made piece by piece. The same rows come whatever the pieces are.
protocol AddedRows: Sendable {
  var count: Int { get }
  func rows(_ range: Range<Int>) throws -> Table
  func origin(_ row: Int) -> RowOrigin
}

/// Rows that are there already.
private struct FinishedRows: AddedRows {
  let table: Table
  let method: String

  var count: Int { table.rowCount }
  func rows(_ range: Range<Int>) -> Table {
    range == 0..<table.rowCount ? table : table.gathering(Array(range))
  }
  func origin(_ row: Int) -> RowOrigin { RowOrigin(method: method) }
}

/// Some of the rows that another maker makes, under the name of the method that chose them.
struct SelectedRows: AddedRows {
  let rows: any AddedRows
  let selection: [Int]
  let method: String

  var count: Int { selection.count }

  func rows(_ range: Range<Int>) throws -> Table {
    let chosen = selection[range]
    guard let first = chosen.first, let last = chosen.last else { return try rows.rows(0..<0) }
    return try rows.rows(first..<last + 1).gathering(chosen.map { $0 - first })
  }

  func origin(_ row: Int) -> RowOrigin {
    var origin = rows.origin(selection[row])
    origin.method = method
    return origin
  }
}

/// No rows.
struct NoRows: AddedRows {
  /// Whose columns they would have.
  let like: Table

  var count: Int { 0 }
  func rows(_ range: Range<Int>) -> Table { like.gathering([]) }
  func origin(_ row: Int) -> RowOrigin { RowOrigin(method: "") }
}
