import MynahTables

/// Draws until enough rows meet all demands, and gives up when next to none do. Beside the rows that are kept it holds one
/// draw of at most 65,536 rows.
struct RejectionSearch {
  private let plan: ConditionPlan
  private let wanted: Int
  private let patience: Int
  private var found: RowAccumulator
  private(set) var drawn = 0
  /// Drawn rows that meet the demands, those beyond the wanted ones included.
  private(set) var accepted = 0

  init(_ request: SamplingRequest, plan: ConditionPlan, schema: Schema) {
    self.plan = plan
    wanted = request.count
    patience = max(1, request.patience)
    found = RowAccumulator(schema)
  }

  /// How many rows to draw next; nil when there are enough, or no hope.
  var nextCount: Int? {
    guard found.count < wanted else { return nil }
    if found.count == 0, drawn >= patience { return nil }
    let (limit, overflows) = wanted.multipliedReportingOverflow(by: max(1, patience / 100))
    if !overflows, drawn >= max(limit, patience) { return nil }
    // With nothing known the first draw is a small one; the next ones are as large as the rate so far suggests.
    let rate = drawn == 0 ? 1 : max(Double(found.count) / Double(drawn), 1e-4)
    let enough = Int(Double(min(wanted - found.count, 65_536)) / rate * 1.1)
    return min(max(1_024, enough), found.count == 0 ? max(1_024, patience - drawn) : .max, 65_536)
  }

  mutating func take(_ table: Table) throws {
    let rows = plan.rows(of: table)
    drawn += table.rowCount
    accepted += rows.count
    if !rows.isEmpty { try found.append(Array(rows.prefix(wanted - found.count)), of: table) }
  }

  /// - Throws: `SynthesisError` that gives the acceptance rate, when too few rows were found.
  func result() throws -> Table {
    guard found.count >= wanted else {
      throw SynthesisError(
        "\(accepted) of \(drawn) drawn rows meet the conditions \(plan.description), \(wanted) were asked for; "
          + "fewer conditions would do")
    }
    return try found.table()
  }
}
