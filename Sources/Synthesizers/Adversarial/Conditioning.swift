/// What an adversarial model's networks are told about the rows they make and judge.
public enum Conditioning: Sendable, Equatable {
  /// How often training draws the levels of a column.
  public enum Frequencies: Sendable {
    /// As often as they occur.
    case real
    /// By the logarithm of their number of rows, ln(1 + n).
    case logarithmic
    /// All alike.
    case uniform
  }

  /// Nothing: rows come from noise alone.
  case none
  /// Each row is told one level of one of these discrete columns, and taught by a cross entropy to have it; the critic is
  /// told too (Xu et al. 2019). No names stand for all discrete columns.
  case sampled(columns: [String], by: Frequencies)
  /// Each row is given its level of this column; the generator makes the other columns only (Mirza and Osindero 2014).
  case label(column: String, by: Frequencies)

  var frequencies: Frequencies {
    switch self {
    case .none: .real
    case .sampled(_, let frequencies), .label(_, let frequencies): frequencies
    }
  }

  /// Whether the condition takes the place of what the generator says about its column.
  var isGiven: Bool {
    if case .label = self { true } else { false }
  }
}
