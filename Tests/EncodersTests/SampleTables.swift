import Foundation
import MynahRandomness
import MynahTables

/// A table with every kind of column, missing values, a constant, a spike and an identifier.
func mixedTable(_ count: Int, seed: UInt64 = 1) throws -> Table {
  var random = RandomSource(seed: seed)
  var schemas: [ColumnSchema] = []
  var columns: [Column] = []
  func add(_ name: String, _ kind: ColumnKind, _ column: Column) {
    schemas.append(ColumnSchema(name: name, kind: kind))
    columns.append(column)
  }
  add("key", .identifier, .integer((0..<Int64(count)).map { 1_000 + $0 }, nil))
  add("amount", .continuous, .continuous((0..<count).map { _ in exp(3 + random.normal()) }, nil))
  let ages = (0..<count).map { _ in Int64(20 + random.index(below: 60)) }
  add("age", .integer, .integer(ages, someMissing(count, share: 0.1, using: &random)))
  add(
    "country", .categorical,
    .categorical(
      codes: (0..<count).map { Int32($0 % 5) }, levels: ["DE", "FR", "IT", "ES", "PL"], nil))
  add("gain", .continuous, .continuous((0..<count).map { _ in random.uniform() < 0.9 ? 0 : 5 + random.normal() }, nil))
  let present = Validity((0..<count).map { $0 % 7 != 0 })
  add(
    "fraud", .boolean,
    .categorical(
      codes: (0..<count).map { $0 % 7 == 0 ? -1 : Int32($0 % 3 / 2) }, levels: ["no", "yes"], present))
  add("when", .datetime, .timestamp((0..<count).map { _ in 1_600_000_000 + Int64(random.index(below: 90_000)) }, nil))
  add("constant", .categorical, .categorical(codes: Array(repeating: 0, count: count), levels: ["same"], nil))
  add("empty", .continuous, .continuous(Array(repeating: 0, count: count), Validity(count: count, allPresent: false)))
  return try Table(schema: Schema(schemas), columns: columns)
}

/// A comma-separated file without quotes, read plainly: the column is of levels unless all its cells are whole numbers.
func plainTable(_ file: URL, discrete: Set<String>) throws -> Table {
  let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  var lines = text.utf8.split(separator: UInt8(ascii: "\n")).map {
    $0.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
  }
  let header = lines.removeFirst().map { String(decoding: $0, as: UTF8.self) }
  var schemas: [ColumnSchema] = []
  var columns: [Column] = []
  for (index, name) in header.enumerated() {
    let cells = lines.map { String(decoding: $0[index], as: UTF8.self) }
    let validity = Validity(cells.map { $0 != "?" })
    let missing = validity.missingCount == 0 ? nil : validity
    let numbers = discrete.contains(name) ? [] : cells.compactMap { Int64($0) }
    if numbers.count == cells.count {
      schemas.append(ColumnSchema(name: name, kind: .integer))
      columns.append(.integer(numbers, nil))
    } else {
      var codes: [String: Int32] = [:]
      var levels: [String] = []
      let encoded = cells.map { cell -> Int32 in
        if cell == "?" { return -1 }
        if let code = codes[cell] { return code }
        codes[cell] = Int32(levels.count)
        levels.append(cell)
        return Int32(levels.count - 1)
      }
      schemas.append(ColumnSchema(name: name, kind: .categorical))
      columns.append(.categorical(codes: encoded, levels: levels, missing))
    }
  }
  return try Table(schema: Schema(schemas), columns: columns)
}

/// A `Validity` whose rows are missing with the probability `share`; nil when none is.
func someMissing(_ count: Int, share: Double, using random: inout RandomSource) -> Validity? {
  let validity = Validity((0..<count).map { _ in random.uniform() >= share })
  return validity.missingCount == 0 ? nil : validity
}
