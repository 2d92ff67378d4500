/// The values of one column. Rows whose validity bit is 0 are missing; what stands in their place means nothing
/// (by convention 0, or code -1).
public enum Column: Sendable, Equatable {
  case continuous([Double], Validity?)
  case integer([Int64], Validity?)
  /// Seconds since 1970-01-01T00:00:00Z.
  case timestamp([Int64], Validity?)
  /// `codes[row]` indexes `levels`; levels are distinct and in the order of first appearance or of a schema.
  case categorical(codes: [Int32], levels: [String], Validity?)
}

extension Column {
  public var count: Int {
    switch self {
    case .continuous(let values, _): values.count
    case .integer(let values, _), .timestamp(let values, _): values.count
    case .categorical(let codes, _, _): codes.count
    }
  }

  public var validity: Validity? {
    switch self {
    case .continuous(_, let validity), .integer(_, let validity), .timestamp(_, let validity),
      .categorical(_, _, let validity):
      validity
    }
  }

  public var missingCount: Int { validity?.missingCount ?? 0 }

  public func isMissing(_ row: Int) -> Bool { validity.map { !$0[row] } ?? false }

  /// The value as a number: nil for categories and for missing rows.
  public func number(at row: Int) -> Double? {
    guard !isMissing(row) else { return nil }
    switch self {
    case .continuous(let values, _): return values[row]
    case .integer(let values, _), .timestamp(let values, _): return Double(values[row])
    case .categorical: return nil
    }
  }

  /// The rows at `indices`, in that order; an index may occur more than once.
  public func gathering(_ indices: [Int]) -> Column {
    let kept = validity.map { validity in Validity(indices.map { validity[$0] }) }
    switch self {
    case .continuous(let values, _): return .continuous(indices.map { values[$0] }, kept)
    case .integer(let values, _): return .integer(indices.map { values[$0] }, kept)
    case .timestamp(let values, _): return .timestamp(indices.map { values[$0] }, kept)
    case .categorical(let codes, let levels, _):
      return .categorical(codes: indices.map { codes[$0] }, levels: levels, kept)
    }
  }
}
