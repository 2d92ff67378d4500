import Mynah

/// How alike the shares of missing values are: 1 − |share − share'|, mean over the columns. In [0, 1], 1 is best.
struct MissingShares: Metric {
  static let identifier = "missing-shares"
  var goal: Goal { .maximize }
  var bounds: ClosedRange<Double> { 0...1 }

  func score(_ synthetic: Table, against real: RealData, using random: inout RandomSource) throws -> Score {
    guard real.train.rowCount > 0, synthetic.rowCount > 0 else { return .notApplicable(reason: "a table has no rows") }
    var details: [String: Double] = [:]
    for (described, column) in zip(real.train.schema.columns, real.train.columns) {
      guard let made = synthetic[described.name] else { throw TableError("the column '\(described.name)' is absent") }
      details[described.name] = 1 - abs(share(column) - share(made))
    }
    guard !details.isEmpty else { return .notApplicable(reason: "the table has no columns") }
    return .value(details.values.sorted().reduce(0, +) / Double(details.count), details: details)
  }

  private func share(_ column: Column) -> Double { Double(column.missingCount) / Double(column.count) }
}
