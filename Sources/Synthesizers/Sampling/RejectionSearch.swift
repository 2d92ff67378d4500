import MynahTables

/// Draws until enough rows meet all conditions: guided rejection. It gives up when next to none do.
struct RejectionSearch {
  let plan: ConditionPlan
  let wanted: Int
  private var found: [Table] = []
  private var foundCount = 0
  private var drawn = 0

  /// Gives up after this many rows without a single one that meets the conditions…
  private static let hopeless = 200_000
  /// …and after this many draws for each row that is wanted.
  private static let patience = 10_000

  init(plan: ConditionPlan, wanted: Int) {
    self.plan = plan
    self.wanted = wanted
  }

  /// How many rows to draw next; nil when there are enough, or no hope.
  var nextCount: Int? {
    guard foundCount < wanted else { return nil }
    if foundCount == 0, drawn >= Self.hopeless { return nil }
    let (limit, overflows) = wanted.multipliedReportingOverflow(by: Self.patience)
    if !overflows, drawn >= max(limit, Self.hopeless) { return nil }
    let rate = drawn == 0 ? 1 : max(Double(foundCount) / Double(drawn), 1e-4)
    return min(max(1_024, Int(Double(wanted - foundCount) / rate * 1.1)), 65_536)
  }

  mutating func take(_ table: Table) {
    drawn += table.rowCount
    let rows = plan.matches(table).prefix(wanted - foundCount)
    guard !rows.isEmpty else { return }
    found.append(table.gathering(Array(rows)))
    foundCount += rows.count
  }

  func result() throws -> Table {
    guard foundCount >= wanted, let first = found.first else {
      let asked = plan.conditions.map { "\($0.column)=\($0.value)" }.joined(separator: ", ")
      throw SynthesisError(
        "\(foundCount) of \(drawn) drawn rows meet the conditions \(asked), \(wanted) were asked for; fewer conditions would do"
      )
    }
    return try found.dropFirst().reduce(first) { try $0.appending($1) }
  }
}
