import MynahParallelism
import MynahRandomness
import MynahTables

/// Encodes each column by its kind, and those that are named by an encoder chosen for them.
///
/// ```swift
/// var encoder = TableEncoder(numbers: .quantile, columns: ["hours": .oneHot])
/// let fitted = try encoder.fitted(to: table, using: &random)
/// ```
public struct TableEncoder: Codable, Sendable, Equatable {
  /// For continuous, integer and datetime columns.
  public var numbers = EncoderChoice.modeSpecific
  /// For categorical and boolean columns.
  public var levels = EncoderChoice.oneHot
  /// For identifier columns.
  public var identifiers = EncoderChoice.identifier
  /// For single columns, by name, in place of what their kind gets.
  public var columns: [String: EncoderChoice] = [:]

  /// Numbers by mode-specific normalisation, levels one-hot, identifiers not at all.
  public init() {}

  public init(numbers: EncoderChoice, columns: [String: EncoderChoice] = [:]) {
    self.numbers = numbers
    self.columns = columns
  }

  /// Checks the choices before any data are read.
  ///
  /// - Throws: `TableError` for an encoder whose parameters are impossible.
  public func validate() throws(TableError) {
    for choice in [numbers, levels, identifiers] { try choice.encoder.validate() }
    for (name, choice) in columns.sorted(by: { $0.key < $1.key }) {
      do { try choice.encoder.validate() } catch { throw TableError("encoder of column '\(name)': \(error.message)") }
    }
  }

  /// The encoder of every column, from left to right.
  ///
  /// - Throws: `TableError` for a choice for a column that is not there, with the nearest one, or of an encoder that does
  ///   not take the column's kind, with those that do.
  public func choices(for schema: Schema) throws(TableError) -> [EncoderChoice] {
    for name in columns.keys.sorted() where schema.index(of: name) == nil {
      let hint =
        schema.nearestName(to: name).map { "did you mean '\($0)'?" }
        ?? "its columns are \(schema.columns.prefix(5).map { "'\($0.name)'" }.joined(separator: ", "))"
        + (schema.columns.count > 5 ? ", …" : "")
      throw TableError("an encoder is chosen for the column '\(name)', which the table has not; \(hint)")
    }
    var choices: [EncoderChoice] = []
    for column in schema.columns {
      let choice = columns[column.name] ?? usual(column.kind)
      let kinds = type(of: choice.encoder).kinds
      guard kinds.contains(column.kind) else {
        throw TableError(
          "column '\(column.name)' is \(column.kind.rawValue), the encoder '\(choice.identifier)' takes "
            + "\(kinds.map(\.rawValue).sorted().joined(separator: ", ")) columns; \(Self.takers(of: column.kind)) would do"
        )
      }
      choices.append(choice)
    }
    return choices
  }

  private func usual(_ kind: ColumnKind) -> EncoderChoice {
    switch kind {
    case .continuous, .integer, .datetime: numbers
    case .categorical, .boolean: levels
    case .identifier: identifiers
    }
  }

  /// The library's own encoders of a kind of columns, for messages.
  private static func takers(of kind: ColumnKind) -> String {
    let registry = EncoderRegistry.standard
    return registry.identifiers.filter { registry.type($0)?.kinds.contains(kind) ?? false }.joined(separator: ", ")
  }

  /// Learns every column, several at a time.
  ///
  /// - Throws: `TableError` that names the column when one holds NaN or infinity, is not stored as its kind demands, or
  ///   has an encoder that does not suit it.
  public func fitted(to table: Table, using random: inout RandomSource) throws(TableError) -> FittedTableEncoder {
    try validate()
    let choices = try choices(for: table.schema)
    let sources = table.columns.map { _ in random.split() }
    let columns = try concurrently(table.schema) { (index) throws(TableError) in
      var own = sources[index]
      return try choices[index].fitted(to: table.columns[index], described: table.schema.columns[index], using: &own)
    }
    return try FittedTableEncoder(schema: table.schema, columns: columns)
  }
}

extension EncoderChoice {
  fileprivate func fitted(
    to column: Column, described schema: ColumnSchema, using random: inout RandomSource
  ) throws(TableError) -> FittedColumn {
    func fit<Encoder: ColumnEncoder>(
      _ encoder: Encoder, _ random: inout RandomSource
    ) throws(TableError) -> FittedColumn {
      FittedColumn(try encoder.fitted(to: column, using: &random), of: Encoder.self)
    }
    return try fit(encoder, &random).described(by: schema)
  }
}

/// Calls `body` for every column on the pool and gathers what it returns; the leftmost column's error is thrown, with the
/// column's name before it.
func concurrently<Result>(
  _ schema: Schema, _ body: (Int) throws(TableError) -> Result
) throws(TableError) -> [Result] {
  let outcomes = parallelMap(schema.columns.count) { index -> Swift.Result<Result, TableError> in
    do throws(TableError) {
      return .success(try body(index))
    } catch {
      var named = error
      named.message = "column '\(schema.columns[index].name)' \(error.message)"
      return .failure(named)
    }
  }
  var results: [Result] = []
  for outcome in outcomes { results.append(try outcome.get()) }
  return results
}
