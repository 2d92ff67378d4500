import MynahRandomness
import MynahTables

/// Rows that meet the request's conditions, from a model that draws rows without any: they are drawn until enough meet
/// all conditions, whatever columns these are on. A `FittedSynthesizer` without a better way is done with
///
/// ```swift
/// func sample(_ request: SamplingRequest, using random: inout RandomSource) throws -> Table {
///   try rejectionSampled(request, schema: schema, using: &random) { count, random in
///     try encoder.decode(draw(count, using: &random), firstRow: request.firstRow, using: &random)
///   }
/// }
/// ```
///
/// What no row can meet is refused before anything is drawn: an unknown column or level, a value outside the column's
/// range, two values for one column. The request's observer is told how many of the drawn rows met the conditions.
/// Memory does not grow with the rows that are drawn, only with those that are kept. Numbers of continuous columns count
/// as equal when they are written with the same digits, and are set to the number asked for.
///
/// - Parameters:
///   - request: how many rows, and the conditions.
///   - schema: of the rows.
///   - random: handed on to `draw`.
///   - draw: makes that many rows of `schema`, every time others; asked for 0 rows, a table whose columns have the levels
///     that rows can have. Identifiers are taken from one draw of as many rows as the request asks for, so they may be
///     named from `request.firstRow` on in each.
/// - Throws: `SynthesisError` for impossible conditions, and when next to no row meets them; what `draw` throws.
public func rejectionSampled(
  _ request: SamplingRequest, schema: Schema, using random: inout RandomSource,
  drawing draw: (_ count: Int, _ random: inout RandomSource) throws -> Table
) throws -> Table {
  guard !request.conditions.isEmpty else { return try draw(request.count, &random) }
  var copy = random
  let empty = try draw(0, &copy)
  let plan = try ConditionPlan(
    request.conditions, schema: schema, domains: empty.columns.map(ColumnDomain.init(levelsOf:)))
  return try rejectionSampled(request, meeting: plan, schema: schema, using: &random, drawing: draw) { table, random in
    let identifiers = schema.columns.indices.filter { schema.columns[$0].kind == .identifier }
    guard !identifiers.isEmpty else { return table }
    let named = try draw(request.count, &random)
    var columns = table.columns
    for index in identifiers where named.columns.indices.contains(index) { columns[index] = named.columns[index] }
    return try Table(schema: schema, columns: columns)
  }
}

/// The same for demands that are checked already, of which the model has met others by construction.
///
/// - Parameters:
///   - draw: may leave out identifiers.
///   - name: puts identifiers into the rows found.
package func rejectionSampled(
  _ request: SamplingRequest, meeting plan: ConditionPlan, schema: Schema, using random: inout RandomSource,
  drawing draw: (_ count: Int, _ random: inout RandomSource) throws -> Table,
  naming name: (_ table: Table, _ random: inout RandomSource) throws -> Table
) throws -> Table {
  guard !plan.isEmpty, request.count > 0 else { return try name(draw(request.count, &random), &random) }
  var search = RejectionSearch(request, plan: plan, schema: schema)
  while let next = search.nextCount { try search.take(try draw(next, &random).droppingIdentifiers()) }
  let found = try search.result()
  request.observer.rejectionEnded(drawn: search.drawn, accepted: search.accepted)
  return try name(found.setting(plan), &random)
}

extension Table {
  /// Identifiers all missing: texts of their own in every draw would pile up.
  fileprivate func droppingIdentifiers() throws -> Table {
    guard schema.columns.contains(where: { $0.kind == .identifier }) else { return self }
    let kept = zip(schema.columns, columns).map { described, column in
      described.kind == .identifier
        ? Column.categorical(
          codes: Array(repeating: -1, count: rowCount), levels: [], Validity(count: rowCount, allPresent: false))
        : column
    }
    return try Table(schema: schema, columns: kept)
  }

  /// The numbers demanded of continuous columns, exactly.
  fileprivate func setting(_ plan: ConditionPlan) throws -> Table {
    var columns = columns
    for demand in plan.demands {
      if case .real(let number, let tolerance) = demand.test, tolerance > 0 {
        columns[demand.column] = .continuous(Array(repeating: number, count: rowCount), nil)
      }
    }
    return try Table(schema: schema, columns: columns)
  }
}
