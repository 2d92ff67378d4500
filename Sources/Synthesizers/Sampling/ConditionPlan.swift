import MynahTables

/// Conditions that have been checked: what each demands of its column, at most one demand a column.
///
/// A model meets demands by construction where it can, and leaves the others to `rejectionSampled`.
public struct ConditionPlan: Sendable, Equatable {
  /// What one column must hold.
  public struct Demand: Sendable, Equatable {
    /// Index of the column in the schema.
    public let column: Int
    public let test: ValueTest
  }

  /// In the order of the conditions.
  public private(set) var demands: [Demand] = []
  /// The conditions as text, for messages.
  let description: String

  public var isEmpty: Bool { demands.isEmpty }

  /// - Parameters:
  ///   - conditions: as they were asked for.
  ///   - schema: of the table that rows are made like.
  ///   - domains: what each column can hold, in the schema's order; nil where that is not known yet.
  /// - Throws: `SynthesisError` that names an unknown column or level and the nearest one, a value that is none of the
  ///   column's kind or outside its range, or a column with two different demands.
  public init(_ conditions: [Condition], schema: Schema, domains: [ColumnDomain]? = nil) throws(SynthesisError) {
    description = conditions.map { "\($0.column)=\($0.value)" }.joined(separator: ", ")
    for condition in conditions {
      guard let column = schema.index(of: condition.column) else {
        throw SynthesisError(
          "there is no column '\(condition.column)'"
            + (schema.nearestName(to: condition.column).map { "; did you mean '\($0)'?" } ?? ""))
      }
      let domain = domains.flatMap { $0.indices.contains(column) ? $0[column] : nil } ?? ColumnDomain()
      let demand = Demand(column: column, test: try ValueTest(condition.value, schema.columns[column], domain))
      if let earlier = demands.first(where: { $0.column == column }) {
        guard earlier == demand else {
          let other = conditions.first { $0.column == condition.column }?.value ?? ""
          throw SynthesisError("column '\(condition.column)' cannot be both '\(other)' and '\(condition.value)'")
        }
      } else {
        demands.append(demand)
      }
    }
  }

  /// What is demanded of a column; nil where nothing is.
  public func test(of column: Int) -> ValueTest? { demands.first { $0.column == column }?.test }

  /// The demands on all columns but one.
  public func dropping(column: Int) -> ConditionPlan {
    var rest = self
    rest.demands.removeAll { $0.column == column }
    return rest
  }

  /// The rows of a table that meet every demand, ascending.
  public func rows(of table: Table) -> [Int] {
    demands.reduce(Array(0..<table.rowCount)) { rows, demand in
      rows.isEmpty ? rows : demand.test.rows(of: table.columns[demand.column], among: rows)
    }
  }
}
