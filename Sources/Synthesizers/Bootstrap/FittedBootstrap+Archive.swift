import MynahEncoders
import MynahTables

extension FittedBootstrap {
  private struct Entry: Codable {
    /// Levels of a discrete column, to which codes point.
    var levels: [String]?
    var hasMissing: Bool
    var identifier: FittedIdentifierEncoder?
  }

  private static func path(_ column: Int, _ part: String) -> String { "table.\(column).\(part)" }

  /// Numbers as they are; codes in one, two or four bytes, the one beyond the levels for a missing value.
  public func write(to archive: inout ModelArchive) throws {
    var entries: [Entry] = []
    for (index, column) in table.columns.enumerated() {
      var entry = Entry(hasMissing: column.missingCount > 0, identifier: identifiers[index])
      defer { entries.append(entry) }
      guard entry.identifier == nil else { continue }
      switch column {
      case .continuous(let values, _): archive.store(values, as: Self.path(index, "values"))
      case .integer(let values, _), .timestamp(let values, _): archive.store(values, as: Self.path(index, "values"))
      case .categorical(let codes, let levels, let validity):
        entry.levels = levels
        let missing = Int32(levels.count)
        let present = codes.indices.lazy.map { validity?[$0] ?? true ? codes[$0] : missing }
        archive.store(
          bytes: PackedCodes.bytes(present, width: PackedCodes.width(levels.count)), as: Self.path(index, "codes"))
        continue
      }
      if let validity = column.validity, entry.hasMissing {
        archive.store(bytes: Self.bits(validity), as: Self.path(index, "present"))
      }
    }
    try archive.encode(schema, as: "schema")
    try archive.encode(table.rowCount, as: "rows")
    try archive.encode(entries, as: "columns")
  }

  /// - Throws: `SynthesisError` when something is absent or does not fit.
  public init(from archive: ModelArchive) throws {
    let schema = try archive.decode(Schema.self, "schema")
    let rows = try archive.decode(Int.self, "rows")
    let entries = try archive.decode([Entry].self, "columns")
    guard rows > 0, rows <= 1 << 48, !entries.isEmpty, entries.count == schema.columns.count else {
      throw SynthesisError("the model file holds \(rows) rows of \(entries.count) columns for \(schema.columns.count)")
    }
    let columns = try entries.enumerated().map { index, entry -> Column? in
      let described = schema.columns[index]
      guard (described.kind == .identifier) == (entry.identifier != nil) else {
        throw SynthesisError("the model file's column '\(described.name)' is an identifier and is not")
      }
      guard entry.identifier == nil else { return nil }
      guard let column = try Self.column(entry, index, described.kind, rows: rows, archive) else {
        throw SynthesisError("the model file's values of column '\(described.name)' are not as described")
      }
      return column
    }
    // Where there are only identifiers nothing vouches for the number of rows, and nothing depends on it.
    let nameless = Self.nameless(columns.contains { $0 != nil } ? rows : 1)
    self.init(
      table: try Table(schema: schema, columns: columns.map { $0 ?? nameless }), identifiers: entries.map(\.identifier))
  }

  /// Nil where numbers are not finite or codes have no level.
  private static func column(
    _ entry: Entry, _ index: Int, _ kind: ColumnKind, rows: Int, _ archive: ModelArchive
  ) throws -> Column? {
    switch kind {
    case .identifier: return nil
    case .categorical, .boolean:
      guard let levels = entry.levels, Set(levels).count == levels.count else { return nil }
      let width = PackedCodes.width(levels.count)
      let codes = PackedCodes.codes(try archive.bytes(path(index, "codes"), count: rows * width), width: width)
      let missing = Int32(levels.count)
      guard codes.allSatisfy({ $0 >= 0 && ($0 < missing || ($0 == missing && entry.hasMissing)) }) else { return nil }
      return .categorical(
        codes: codes.map { $0 == missing ? -1 : $0 }, levels: levels,
        entry.hasMissing ? Validity(codes.map { $0 != missing }) : nil)
    case .continuous, .integer, .datetime:
      let validity =
        try entry.hasMissing ? validity(archive.bytes(path(index, "present"), count: (rows + 7) / 8), rows) : nil
      guard kind == .continuous else {
        let values = try archive.int64s(path(index, "values"), count: rows)
        return kind == .datetime ? .timestamp(values, validity) : .integer(values, validity)
      }
      let values = try archive.doubles(path(index, "values"), count: rows)
      guard values.indices.allSatisfy({ values[$0].isFinite || validity?[$0] == false }) else { return nil }
      return .continuous(values, validity)
    }
  }

  /// One bit a row, 1 for present.
  private static func bits(_ validity: Validity) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (validity.count + 7) / 8)
    for row in 0..<validity.count where validity[row] { bytes[row / 8] |= 1 << UInt8(row % 8) }
    return bytes
  }

  private static func validity(_ bytes: [UInt8], _ rows: Int) -> Validity {
    var validity = Validity(count: rows, allPresent: false)
    for row in 0..<rows where bytes[row / 8] >> UInt8(row % 8) & 1 == 1 { validity[row] = true }
    return validity
  }
}

/// Codes in as few bytes as their greatest one needs, little-endian.
private enum PackedCodes {
  static func width(_ greatest: Int) -> Int { greatest < 1 << 8 ? 1 : greatest < 1 << 16 ? 2 : 4 }

  static func bytes(_ codes: some Sequence<Int32>, width: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for code in codes {
      for place in 0..<width { bytes.append(UInt8(truncatingIfNeeded: code >> Int32(8 * place))) }
    }
    return bytes
  }

  static func codes(_ bytes: [UInt8], width: Int) -> [Int32] {
    (0..<bytes.count / width).map { index in
      (0..<width).reduce(Int32(0)) { $0 | Int32(bytes[index * width + $1]) << Int32(8 * $1) }
    }
  }
}
