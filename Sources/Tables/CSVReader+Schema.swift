extension CSVReader {
  /// Reads a table that must have the columns of `reference`, in any order: a holdout, or a synthetic table that is
  /// compared with the one it imitates. Kinds, forms and ranges are the reference's; levels have its numbers, and levels
  /// that it does not know follow.
  /// - Throws: `TableError` that names missing and unknown columns, and texts that do not fit the reference's kind.
  public func read(path: String, matching reference: Table) throws(TableError) -> Table {
    try read(try .open(path: path), reference.schema, levels: reference.levels)
  }

  /// As `read(path:matching:)` for a table that is in memory.
  public func read(bytes: [UInt8], name: String? = nil, matching reference: Table) throws(TableError) -> Table {
    try read(ByteSource(bytes: bytes, name: name), reference.schema, levels: reference.levels)
  }

  /// As `read(path:matching:)` with a schema alone, as a model file holds it, and the levels of its columns by name.
  public func read(path: String, matching schema: Schema, levels: [String: [String]]) throws(TableError) -> Table {
    try read(try .open(path: path), schema, levels: schema.columns.map { levels[$0.name] ?? [] })
  }

  private func read(_ source: ByteSource, _ schema: Schema, levels: [[String]]) throws(TableError) -> Table {
    let source = source.isGzip ? try source.gunzipped() : source
    let dialect = try CSVDialect(source, delimiter: options.delimiter)
    let order = try Self.order(of: schema, in: dialect.names, file: source.name)
    let rules = dialect.names.map { name in
      let place = schema.index(of: name)
      let column = place.map { schema.columns[$0] }
      // A text that is a level of the column is no marker there.
      let known = place.map { Set(levels[$0]) } ?? []
      let marker = column?.missingMarker ?? ""
      let markers = (options.missingMarkers + (options.missingMarkers.contains(marker) ? [] : [marker]))
        .filter { !known.contains($0) }
      let override = options.overrides[name]
      return ColumnRule(
        markers: markers,
        override: ColumnOverride(
          kind: column?.kind, missing: override?.missing, datetimeFormat: column?.datetimeFormat))
    }
    let file = try ScannedFile(source, dialect: dialect, rules: rules, chunkSize: chunkSize, keepsTexts: false)
    var made: [Column?] = []
    for index in order { made.append(try file.checkKind(of: index)) }
    return try file.table(schema, made: made, order: order, levels: levels)
  }

  /// Where each column of the schema stands in the file.
  private static func order(of schema: Schema, in names: [String], file: String?) throws(TableError) -> [Int] {
    let wanted = Set(schema.columns.map(\.name))
    let missing = schema.columns.map(\.name).filter { !names.contains($0) }
    let unknown = names.filter { !wanted.contains($0) }
    guard missing.isEmpty, unknown.isEmpty else {
      var parts: [String] = []
      if !missing.isEmpty { parts.append("lacks \(listed(missing))") }
      if !unknown.isEmpty { parts.append("has \(listed(unknown)) besides") }
      throw TableError(
        "the columns differ from those of the training table: the file \(parts.joined(separator: " and "))", file: file)
    }
    return schema.columns.compactMap { names.firstIndex(of: $0.name) }
  }

  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(5).map { TextValidation.shown($0) }.joined(separator: ", ")
    return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
  }
}

extension ScannedFile {
  /// Throws when a text of the column does not fit the kind it must have.
  /// - Returns: the column's values, if they were made for that.
  func checkKind(of index: Int) throws(TableError) -> Column? {
    let (summary, made) = summary(of: index)
    let inference = KindInference(
      name: names[index], isTarget: false, facts: facts[index], summary: summary, base: source.base)
    do throws(KindInference.Misfit) {
      _ = try inference.schema(rule: rules[index], override: nil)
    } catch {
      throw TableError(error.message, file: source.name, line: source.line(of: error.text.offset), column: index + 1)
    }
    return made
  }
}

extension Table {
  /// The levels of each column, none for numbers.
  var levels: [[String]] {
    columns.map { column in
      if case .categorical(_, let levels, _) = column { return levels }
      return []
    }
  }
}
