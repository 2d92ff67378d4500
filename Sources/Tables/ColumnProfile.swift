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
  /// True beyond about a million distinct texts, where the number is an estimate (within about 0.5 %).
  public var distinctIsEstimate: Bool
  public var missingCount: Int
  /// 0...1
  public var missingShare: Double
  /// The most frequent values, most frequent first, at most five; ties in order of appearance.
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
  public enum Kind: String, Codable, Sendable {
    case identifierLike = "identifier-like"
    case constant
    case allMissing = "all-missing"
    case nearlyUnique = "nearly-unique"
    case leaksTarget = "leaks-target"
    case mixed
  }

  public var kind: Kind
  public var message: String
}
