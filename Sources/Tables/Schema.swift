/// What a column's values are, and hence how they are modelled.
public enum ColumnKind: String, Codable, Sendable, CaseIterable {
  /// Real numbers; stored as `Column.continuous`.
  case continuous
  /// Whole numbers; stored as `Column.integer`.
  case integer
  /// Unordered levels; stored as `Column.categorical`.
  case categorical
  /// Two levels that stand for false and true; stored as `Column.categorical`.
  case boolean
  /// Points in time; stored as `Column.timestamp`.
  case datetime
  /// Names of records (keys, account numbers): never learned, made anew. Stored as `Column.integer` where every value
  /// is a whole number, else as `Column.categorical`.
  case identifier
}

/// One column: its name, its kind, and the form its values had in the file, so that they are written the same way.
public struct ColumnSchema: Codable, Sendable, Equatable {
  public var name: String
  public var kind: ColumnKind
  /// The text that stood for a missing value, and stands for it when written. Empty by default.
  public var missingMarker: String
  /// Continuous columns: the most digits after the point seen in the data; values are rounded to it.
  public var fractionDigits: Int?
  /// Continuous columns: digits after the point that are always written (1 for a file that says "27.0").
  public var minimumFractionDigits: Int?
  /// The least and the greatest value seen (seconds for datetimes); written values stay inside.
  public var minimum: Double?
  public var maximum: Double?
  /// Datetimes: the form in the file, in strftime letters, for example "%Y-%m-%d %H:%M:%S".
  public var datetimeFormat: String?

  public init(name: String, kind: ColumnKind) {
    self.name = name
    self.kind = kind
    self.missingMarker = ""
  }

  /// Categorical and boolean columns are modelled as levels, everything else as numbers.
  public var isDiscrete: Bool { kind == .categorical || kind == .boolean }
}

/// The columns of a table, in order. Names are distinct and not empty.
public struct Schema: Codable, Sendable, Equatable {
  public var columns: [ColumnSchema]

  public init(_ columns: [ColumnSchema]) { self.columns = columns }

  public func index(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

  /// The name nearest to `name` by edit distance, for "did you mean"; nil when none is near.
  public func nearestName(to name: String) -> String? { nearest(to: name, among: columns.map(\.name)) }
}
