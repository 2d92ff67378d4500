import MynahParallelism
import MynahRandomness
import MynahTables

/// Encodes each column by its kind: numbers and times by mode-specific normalisation, levels one-hot, identifiers not at
/// all.
public struct TableEncoder: Codable, Sendable, Equatable {
  /// For continuous, integer and datetime columns.
  public var numbers = ModeSpecificEncoder()
  /// For categorical and boolean columns.
  public var levels = OneHotEncoder()
  /// For identifier columns.
  public var identifiers = IdentifierEncoder()

  public init() {}

  /// Learns every column, several at a time.
  ///
  /// - Throws: `TableError` that names the column when one holds NaN or infinity, or is not stored as its kind demands.
  public func fitted(to table: Table, using random: inout RandomSource) throws(TableError) -> FittedTableEncoder {
    try numbers.validate()
    let sources = table.columns.map { _ in random.split() }
    let columns = try concurrently(table.schema) { (index) throws(TableError) in
      var own = sources[index]
      return try fitted(to: table.columns[index], described: table.schema.columns[index], using: &own)
    }
    return try FittedTableEncoder(schema: table.schema, columns: columns)
  }

  private func fitted(
    to column: Column, described schema: ColumnSchema, using random: inout RandomSource
  ) throws(TableError) -> FittedColumn {
    switch schema.kind {
    case .continuous, .integer, .datetime:
      var fitted = try numbers.fitted(to: column, using: &random)
      // Floating-point numbers have no digits beyond 10^-400, and a schema may be written by hand.
      if schema.kind == .continuous, let digits = schema.fractionDigits, (0...400).contains(digits) {
        fitted.fractionDigits = digits
      }
      return .modeSpecific(fitted)
    case .categorical, .boolean: return .oneHot(try levels.fitted(to: column, using: &random))
    case .identifier: return .identifier(try identifiers.fitted(to: column, using: &random))
    }
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
