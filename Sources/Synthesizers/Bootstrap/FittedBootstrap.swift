import MynahEncoders
import MynahParallelism
import MynahRandomness
import MynahTables

/// A table whose rows are drawn again.
public struct FittedBootstrap: FittedSynthesizer {
  public static let identifier = Bootstrap.identifier
  /// The rows, without identifiers.
  let table: Table
  /// For each column, how its identifiers are made; nil for other columns.
  let identifiers: [FittedIdentifierEncoder?]

  public var schema: Schema { table.schema }

  init(table: Table, identifiers: [FittedIdentifierEncoder?]) {
    self.table = table
    self.identifiers = identifiers
  }

  /// Stands for a column of identifiers.
  static func nameless(_ count: Int) -> Column {
    .categorical(
      codes: Array(repeating: -1, count: count), levels: [], Validity(count: count, allPresent: false))
  }

  /// Rows of the table, uniform among those that meet every condition.
  ///
  /// - Throws: `SynthesisError` for a condition on an unknown column or level, and when no row meets all.
  public func sample(_ request: SamplingRequest, using random: inout RandomSource) throws -> Table {
    let plan = try ConditionPlan(
      request.conditions, schema: schema, domains: table.columns.map(ColumnDomain.init(of:)))
    let numbers = try request.rowNumbers
    let candidates = plan.isEmpty ? [] : plan.rows(of: table)
    guard plan.isEmpty || !candidates.isEmpty else {
      throw SynthesisError(
        "no row of the \(table.rowCount) learned meets the conditions \(plan.description); fewer conditions would do")
    }
    let rows = (0..<request.count).map { _ in
      plan.isEmpty ? random.index(below: table.rowCount) : candidates[random.index(below: candidates.count)]
    }
    let sources = table.columns.map { _ in random.split() }
    let outcomes = parallelMap(table.columns.count) { index -> Result<Column, any Error> in
      guard let encoder = identifiers[index] else { return .success(table.columns[index].drawing(rows)) }
      var own = sources[index]
      return Result { try encoder.decode([], rows: numbers, using: &own) }
    }
    return try Table(schema: schema, columns: outcomes.map { try $0.get() })
  }
}

extension Column {
  /// The rows at `indices`, without validity bits where all have a value.
  fileprivate func drawing(_ indices: [Int]) -> Column {
    let drawn = gathering(indices)
    guard drawn.validity != nil, drawn.missingCount == 0 else { return drawn }
    return switch drawn {
    case .continuous(let values, _): .continuous(values, nil)
    case .integer(let values, _): .integer(values, nil)
    case .timestamp(let values, _): .timestamp(values, nil)
    case .categorical(let codes, let levels, _): .categorical(codes: codes, levels: levels, nil)
    }
  }
}
