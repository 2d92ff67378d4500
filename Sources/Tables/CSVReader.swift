import MynahParallelism

/// A table read from a file, and what was found out about its columns.
public struct LoadedTable: Sendable {
  public var table: Table
  /// In the order of the table's columns. Where numbers are many, their distinct count is an estimate (within about 3 %)
  /// and `mostFrequent` is empty: `profiles(path:)` counts exactly.
  public var profiles: [ColumnProfile]
}

/// Reads delimited text: RFC 4180 and what real files do besides (blanks around fields, any line ends, a byte order mark,
/// gzip, no last line end, other delimiters).
///
/// Chunks of the file are split into fields and looked at on all threads; the result does not depend on their number.
/// Everything is decided over the whole file, not over its first rows.
public struct CSVReader: Sendable {
  public struct Options: Sendable {
    /// The byte between fields; nil to find it among `,` `;` tab and `|`.
    public var delimiter: UInt8?
    /// Texts that stand for a missing value. NaN in any case always does.
    public var missingMarkers: [String]
    /// By column name.
    public var overrides: [String: ColumnOverride]
    /// The column to be predicted: kept discrete when it can be, and the one that others must not give away.
    public var target: String?

    /// `missingMarkers` count besides the empty text, `NA` and `?`.
    public init(
      delimiter: UInt8? = nil, missingMarkers: [String] = [], overrides: [String: ColumnOverride] = [:],
      target: String? = nil
    ) {
      self.delimiter = delimiter
      let standard = ["", "NA", "?"]
      self.missingMarkers = standard + missingMarkers.filter { !standard.contains($0) }
      self.overrides = overrides
      self.target = target
    }
  }

  public var options: Options
  /// Bytes of the file that one thread takes at a time; for tests, which cut small files in many places.
  package var chunkSize: Int?

  public init(_ options: Options = Options()) { self.options = options }

  /// Reads the file at `path`, plain or gzip.
  /// - Throws: `TableError` with file, line and field.
  public func read(path: String) throws(TableError) -> LoadedTable {
    try loaded(try scan(try .open(path: path), keepsTexts: false))
  }

  /// Reads a table that is in memory; `name` is what errors call it.
  public func read(bytes: [UInt8], name: String? = nil) throws(TableError) -> LoadedTable {
    try loaded(try scan(ByteSource(bytes: bytes, name: name), keepsTexts: false))
  }

  /// Reads a table from an open descriptor to its end, for example standard input (0).
  public func read(descriptor: Int32, name: String) throws(TableError) -> LoadedTable {
    try loaded(try scan(try .read(descriptor, name: name), keepsTexts: false))
  }

  /// Looks at the columns of a file without building the table.
  public func profiles(path: String) throws(TableError) -> FileProfile {
    try profile(try scan(try .open(path: path), keepsTexts: true))
  }

  /// Looks at the columns of a table that is in memory.
  public func profiles(bytes: [UInt8], name: String? = nil) throws(TableError) -> FileProfile {
    try profile(try scan(ByteSource(bytes: bytes, name: name), keepsTexts: true))
  }

  /// Looks at the columns of a table from an open descriptor.
  public func profiles(descriptor: Int32, name: String) throws(TableError) -> FileProfile {
    try profile(try scan(try .read(descriptor, name: name), keepsTexts: true))
  }

  private func scan(_ source: ByteSource, keepsTexts: Bool) throws(TableError) -> ScannedFile {
    let source = source.isGzip ? try source.gunzipped() : source
    let dialect = try CSVDialect(source, delimiter: options.delimiter)
    try check(against: dialect.names, file: source.name)
    let rules = dialect.names.map { ColumnRule(markers: options.missingMarkers, override: options.overrides[$0]) }
    return try ScannedFile(source, dialect: dialect, rules: rules, chunkSize: chunkSize, keepsTexts: keepsTexts)
  }

  private func check(against names: [String], file: String?) throws(TableError) {
    let known = Set(names)
    for (name, override) in options.overrides.sorted(by: { $0.key < $1.key }) {
      guard known.contains(name) else { throw Self.noColumn(name, names, file: file) }
      try override.check(column: name)
    }
    if let target = options.target, !known.contains(target) { throw Self.noColumn(target, names, file: file) }
  }

  static func noColumn(_ name: String, _ names: [String], file: String?) -> TableError {
    let hint: String
    if let near = nearest(to: name, among: names) {
      hint = "did you mean '\(near)'?"
    } else {
      hint = "the columns are \(names.prefix(8).joined(separator: ", "))\(names.count > 8 ? ", …" : "")"
    }
    return TableError("there is no column \(TextValidation.shown(name)); \(hint)", file: file)
  }

  private func profile(_ file: ScannedFile) throws(TableError) -> FileProfile {
    FileProfile(rowCount: file.rowCount, columns: try file.examined(options).map(\.profile))
  }

  private func loaded(_ file: ScannedFile) throws(TableError) -> LoadedTable {
    let columns = try file.examined(options)
    let table = try file.table(Schema(columns.map(\.profile.schema)), made: columns.map(\.made))
    return LoadedTable(table: table, profiles: columns.map(\.profile))
  }
}

extension ScannedFile {
  /// The table; `made` gives the columns that exist already, `levels` the levels that come first, by column.
  func table(_ schema: Schema, made: [Column?], order: [Int]? = nil, levels: [[String]] = []) throws(TableError)
    -> Table
  {
    var columns: [Column?] = Array(repeating: nil, count: schema.columns.count)
    columns.withUnsafeMutableBufferPointer { slots in
      nonisolated(unsafe) let slots = slots
      parallelFor(slots.count) { index in
        slots[index] =
          made[index]
          ?? column(
            order?[index] ?? index, described: schema.columns[index], levels: index < levels.count ? levels[index] : [])
      }
    }
    return try Table(schema: schema, columns: columns.compactMap { $0 })
  }
}
