import MynahEvaluation
import MynahRandomness
import MynahTables

/// Holds a metric to what `Metric` promises, on tables of every make-up.
///
/// ```swift
/// @Test func conforms() { #expect(checkMetric(MyMetric()) == []) }
/// ```
///
/// - its parameters, and their defaults, are possible;
/// - scores are finite and within `bounds`; where there is none, the metric says why, and does not throw;
/// - the same tables and random numbers give the same score, whatever the order of the synthetic columns;
/// - no table scores better than the real one itself;
/// - a table that lacks a column is refused with a `TableError`.
///
/// - Parameters:
///   - metric: with the parameters to try.
///   - rewardsCopies: false for a metric of privacy, to which the real rows are the worst synthetic ones.
///   - target: of `table`; the columns' last one unless given.
///   - table: what most checks are made on.
/// - Returns: The broken promises.
public func checkMetric<M: Metric>(
  _ metric: M, rewardsCopies: Bool = true, target: String? = nil, on table: Table? = nil
) -> [ConformanceFailure] {
  do {
    let table = try table ?? ConformanceTables.mixed()
    var check = MetricCheck(metric: metric, table: table, target: target ?? table.schema.columns.last?.name)
    try check.everything(rewardsCopies: rewardsCopies)
    return check.failures
  } catch {
    return [ConformanceFailure("something unforeseen is thrown: \(error)", of: "\(M.self)")]
  }
}

private struct MetricCheck<M: Metric> {
  let metric: M
  let table: Table
  let target: String?
  private(set) var failures: [ConformanceFailure] = []

  init(metric: M, table: Table, target: String?) {
    (self.metric, self.table, self.target) = (metric, table, target)
  }

  mutating func everything(rewardsCopies: Bool) throws {
    expect(!M.identifier.isEmpty, "the identifier is empty")
    expect((try? M().validate()) != nil, "its default parameters are refused")
    expect((try? metric.validate()) != nil, "its parameters are refused")
    var random = RandomSource(seed: 5)
    let rivals = [
      "columns that know nothing of each other": try table.withColumnsShuffled(using: &random),
      "one row again and again": table.gathering(Array(repeating: 0, count: table.rowCount)),
      "half of the rows": table.gathering(Array(0..<max(1, table.rowCount / 2))),
    ]
    let own = score(table, "the real table itself")
    for (title, rival) in rivals.sorted(by: { $0.key < $1.key }) {
      guard let score = score(rival, title), let own, rewardsCopies else { continue }
      let isBetter = metric.goal == .maximize ? score > own + 1e-9 : score < own - 1e-9
      expect(!isBetter, "\(title) score \(score), the real table itself \(own)")
    }
    try repetition(rivals["columns that know nothing of each other"] ?? table)
    try edges()
  }

  private mutating func repetition(_ rival: Table) throws {
    expect(result(rival) == result(rival), "the same tables and random numbers give another score")
    let order = Array(rival.schema.columns.indices.reversed())
    let turned = try Table(
      schema: Schema(order.map { rival.schema.columns[$0] }), columns: order.map { rival.columns[$0] })
    expect(result(turned) == result(rival), "another order of the synthetic columns gives another score")
  }

  /// What is hard to compare has no score, and a reason why; a score in spite of it must lie within the bounds.
  private mutating func edges() throws {
    let none = table.gathering([])
    _ = score(none, "no synthetic row")
    _ = score(table, "no real row", against: none)
    _ = score(none, "no row at all", against: none)
    _ = score(table.gathering([0]), "one synthetic row")
    _ = score(table, "one real row", against: table.gathering([0]))
    for index in table.columns.indices {
      let single = try Table(schema: Schema([table.schema.columns[index]]), columns: [table.columns[index]])
      _ = score(single, "the column '\(table.schema.columns[index].name)' alone", against: single)
    }
    let missing = try table.withValuesMissing()
    _ = score(missing, "nothing but missing values")
    _ = score(table, "nothing but missing values in the real table", against: missing)

    let lacking = try Table(
      schema: Schema(Array(table.schema.columns.dropFirst())), columns: Array(table.columns.dropFirst()))
    do {
      var random = RandomSource(seed: 1)
      let score = try metric.score(lacking, against: RealData(train: table, target: target), using: &random)
      if case .value = score { expect(false, "a table that lacks a column gets a score") }
    } catch {
      expect(error is TableError, "a table that lacks a column: \(type(of: error)), not a TableError")
    }
  }

  private func result(_ synthetic: Table) -> Score? {
    var random = RandomSource(seed: 1)
    let real = RealData(train: table, holdout: table, target: target)
    return try? metric.score(synthetic, against: real, using: &random)
  }

  private mutating func score(_ synthetic: Table, _ title: String, against real: Table? = nil) -> Double? {
    var random = RandomSource(seed: 1)
    let real = real ?? table
    do {
      let data = RealData(train: real, holdout: real, target: real[target ?? ""] == nil ? nil : target)
      switch try metric.score(synthetic, against: data, using: &random) {
      case .value(let value, let details):
        expect(metric.bounds.contains(value), "\(title): the score \(value) is not within \(metric.bounds)")
        expect(details.values.allSatisfy { !$0.isNaN }, "\(title): a detail is NaN")
        return value
      case .notApplicable(let reason):
        expect(!reason.isEmpty && !reason.contains("\n"), "\(title): no reason in one line why there is no score")
      }
    } catch {
      expect(false, "\(title): throws '\(error)' instead of saying why there is no score")
    }
    return nil
  }

  private mutating func expect(_ holds: Bool, _ message: String) {
    if !holds { failures.append(ConformanceFailure(message, of: M.identifier)) }
  }
}

extension Table {
  /// Every column in an order of its own.
  fileprivate func withColumnsShuffled(using random: inout RandomSource) throws -> Table {
    var shuffled: [Column] = []
    for column in columns { shuffled.append(column.gathering(random.permutation(rowCount))) }
    return try Table(schema: schema, columns: shuffled)
  }

  fileprivate func withValuesMissing() throws -> Table {
    let none = Validity(count: rowCount, allPresent: false)
    let emptied = columns.map { column -> Column in
      switch column {
      case .continuous(let values, _): .continuous(values, none)
      case .integer(let values, _): .integer(values, none)
      case .timestamp(let values, _): .timestamp(values, none)
      case .categorical(let codes, let levels, _):
        .categorical(codes: codes.map { _ in -1 }, levels: levels, none)
      }
    }
    return try Table(schema: schema, columns: emptied)
  }
}
