import MynahRandomness
import MynahTables

/// Small tables of every make-up that users have.
public enum ConformanceTables {
  /// Every kind of column, each twice where it can be with and without missing values: identifiers (numbers and texts), real
  /// numbers, whole numbers (some beyond 2⁵³), datetimes, levels, booleans; a constant level, a constant number and a column
  /// without any value. Numbers repeat, so that a model which learns next to nothing can still be asked for one.
  public static func mixed(rows: Int = 160, seed: UInt64 = 3) throws -> Table {
    var random = RandomSource(seed: seed)
    var builder = TableBuilder()
    func some(_ share: Double) -> Validity { Validity((0..<rows).map { _ in random.uniform() >= share }) }
    let colours = (0..<rows).map { _ in Int32(random.index(below: 3)) }
    builder.add("key", .identifier, .integer((0..<Int64(rows)).map { 1_000 + $0 }, nil))
    builder.add(
      "name", .identifier,
      .categorical(
        codes: Array(0..<Int32(rows)), levels: (0..<rows).map { "\($0 % 7)x-\(10_000 + $0 * 37)" }, nil))
    builder.add(
      "price", .continuous, .continuous(colours.map { Double($0) + 0.5 * Double(random.index(below: 2)) }, nil)
    ) {
      ($0.fractionDigits, $0.minimum, $0.maximum) = (1, 0, 2.5)
    }
    builder.add("gain", .continuous, .continuous((0..<rows).map { _ in random.normal() }, some(0.3)))
    builder.add("age", .integer, .integer((0..<rows).map { _ in 20 + Int64(random.index(below: 6)) }, some(0.2)))
    builder.add(
      "account", .integer, .integer(colours.map { 9_007_199_254_740_993 + 2 * Int64($0) }, nil))
    builder.add(
      "day", .datetime,
      .timestamp((0..<rows).map { _ in 1_577_836_800 + 86_400 * Int64(random.index(below: 5)) }, some(0.1))
    ) {
      ($0.datetimeFormat, $0.minimum, $0.maximum) = ("%d/%m/%Y", 1_577_836_800, 1_577_836_800 + 4 * 86_400)
    }
    let present = some(0.15)
    builder.add(
      "colour", .categorical,
      .categorical(
        codes: (0..<rows).map { present[$0] ? colours[$0] : -1 }, levels: ["red", "green", "blue"], present)
    ) { $0.missingMarker = "?" }
    builder.add(
      "label", .boolean, .categorical(codes: colours.map { $0 == 2 ? 1 : 0 }, levels: ["no", "yes"], nil))
    builder.add(
      "country", .categorical, .categorical(codes: Array(repeating: 0, count: rows), levels: ["here"], nil))
    builder.add("year", .integer, .integer(Array(repeating: 2_020, count: rows), nil))
    builder.add(
      "empty", .continuous, .continuous(Array(repeating: 0, count: rows), Validity(count: rows, allPresent: false)))
    return try builder.table()
  }

  /// Tables at the edge of what can be learned, by what they are.
  public static func edges() throws -> [(name: String, table: Table)] {
    let mixed = try mixed()
    func only(_ names: String..., rows: Int = 40) throws -> Table {
      let kept = mixed.schema.columns.indices.filter { names.contains(mixed.schema.columns[$0].name) }
      return try Table(
        schema: Schema(kept.map { mixed.schema.columns[$0] }),
        columns: kept.map { mixed.columns[$0].gathering(Array(0..<rows)) })
    }
    return [
      ("one row", mixed.gathering([0])), ("two rows", mixed.gathering([0, 1])),
      ("seven rows", mixed.gathering(Array(0..<7))),
      ("a single discrete column", try only("label")),
      ("a single discrete column with missing values", try only("colour")),
      ("a single column of numbers", try only("price")), ("a single column of times", try only("day")),
      ("a single constant column", try only("country")), ("a single constant number", try only("year")),
      ("a column without any value", try only("empty")), ("only identifiers", try only("key", "name")),
      ("no rows", mixed.gathering([])),
    ]
  }
}

private struct TableBuilder {
  private var schemas: [ColumnSchema] = []
  private var columns: [Column] = []

  mutating func add(
    _ name: String, _ kind: ColumnKind, _ column: Column, _ describe: (inout ColumnSchema) -> Void = { _ in }
  ) {
    var schema = ColumnSchema(name: name, kind: kind)
    describe(&schema)
    schemas.append(schema)
    columns.append(column)
  }

  func table() throws -> Table { try Table(schema: Schema(schemas), columns: columns) }
}
