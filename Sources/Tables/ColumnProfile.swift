/// What inference found in a column, and why it chose the kind.
public struct ColumnProfile: Codable, Sendable, Equatable {
  public struct Level: Codable, Sendable, Equatable {
    public var value: String
    /// Its part of the rows that are not missing, 0...1.
    public var share: Double
  }

  public var schema: ColumnSchema
  /// Distinct texts; missing values do not count.
  public var distinctCount: Int
  /// Whether the number is an estimate: beyond about a million distinct texts (within about 0.5 %), and, in
  /// a table that was loaded, from about a thousand distinct numbers on (of their values, within about 3 %).
  public var distinctIsEstimate: Bool
  public var missingCount: Int
  /// 0...1
  public var missingShare: Double
  /// The most frequent values, most frequent first, at most five; ties in order of appearance. Empty where a loaded
  /// table's distinct numbers were estimated.
  public var mostFrequent: [Level]
  /// Why the column has this kind, for example "whole numbers, 73 distinct values".
  public var reason: String
  public var warnings: [ColumnWarning]

  public var name: String { schema.name }
  public var kind: ColumnKind { schema.kind }
  public var minimum: Double? { schema.minimum }
  public var maximum: Double? { schema.maximum }
}

/// Something about a column that a user should look at before training.
public struct ColumnWarning: Codable, Sendable, Equatable {
  /// What is remarkable.
  public enum Kind: String, Codable, Sendable {
    /// Names records, as keys do; models never learn it.
    case identifierLike = "identifier-like"
    /// Every value is the same.
    case constant
    /// No row has a value.
    case allMissing = "all-missing"
    /// At least nine of ten values occur once only.
    case nearlyUnique = "nearly-unique"
    /// Knowing it nearly always tells the target.
    case leaksTarget = "leaks-target"
    /// Mostly numbers, and words among them.
    case mixed
  }

  public var kind: Kind
  public var message: String
}
