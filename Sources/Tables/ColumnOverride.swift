/// What a caller says about a column instead of leaving it to inference; nil leaves it. As written in a schema file or in
/// an experiment file: `age: {kind: continuous}`.
public struct ColumnOverride: Codable, Sendable, Equatable {
  public var kind: ColumnKind?
  /// The texts that stand for a missing value in this column, in place of the reader's.
  public var missing: [String]?
  /// The form of dates, as `DatetimeFormat` reads it, for example "%d.%m.%Y". Makes the column a datetime.
  public var datetimeFormat: String?
  /// Digits after the point when written.
  public var fractionDigits: Int?

  public init(
    kind: ColumnKind? = nil, missing: [String]? = nil, datetimeFormat: String? = nil, fractionDigits: Int? = nil
  ) {
    self.kind = kind ?? (datetimeFormat == nil ? nil : .datetime)
    self.missing = missing
    self.datetimeFormat = datetimeFormat
    self.fractionDigits = fractionDigits
  }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case kind, missing
    case datetimeFormat = "datetime_format"
    case fractionDigits = "fraction_digits"
  }

  /// The keys of an override in a file.
  public static let keys = CodingKeys.allCases.map(\.rawValue)

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      kind: try values.decodeIfPresent(ColumnKind.self, forKey: .kind),
      missing: try values.decodeIfPresent([String].self, forKey: .missing),
      datetimeFormat: try values.decodeIfPresent(String.self, forKey: .datetimeFormat),
      fractionDigits: try values.decodeIfPresent(Int.self, forKey: .fractionDigits))
  }

  func check(column: String) throws(TableError) {
    if let datetimeFormat, DatetimeFormat(datetimeFormat) == nil {
      throw TableError(
        "column '\(column)': '\(datetimeFormat)' is no datetime format; use %Y %m %d %H %M %S %f %z, for example %Y-%m-%d"
      )
    }
    if datetimeFormat != nil, let kind, kind != .datetime {
      throw TableError("column '\(column)': a datetime format goes with the kind datetime, not with \(kind.rawValue)")
    }
    if let fractionDigits, !(0...17).contains(fractionDigits) {
      throw TableError("column '\(column)': fraction digits must lie in 0...17, not \(fractionDigits)")
    }
  }
}
