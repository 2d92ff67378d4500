import Foundation
import MynahTables

/// What a file says about a column, in place of what its values suggest.
public struct ColumnSetting: Sendable, Equatable {
  public var name: String
  public var override: ColumnOverride
  /// Where the column is named, for errors.
  var place: Place?

  public init(name: String, _ override: ColumnOverride) {
    self.name = name
    self.override = override
  }

  /// Reads a schema file (YAML or JSON): columns by name, each with its kind, or with a mapping of the keys `kind`,
  /// `missing`, `datetime_format` and `fraction_digits`.
  ///
  /// ```yaml
  /// zip: categorical
  /// opened: {kind: datetime, datetime_format: "%d.%m.%Y"}
  /// ```
  public static func list(path: String) throws(ExperimentError) -> [ColumnSetting] {
    try list(try Setting(path: path))
  }

  static func list(_ setting: Setting) throws(ExperimentError) -> [ColumnSetting] {
    var columns: [ColumnSetting] = []
    for entry in try setting.entries("columns") { columns.append(try ColumnSetting(entry)) }
    return columns
  }

  private init(_ entry: Setting.Entry) throws(ExperimentError) {
    self.init(name: entry.key, ColumnOverride())
    place = entry.place
    let value = entry.value
    if case .scalar = value.content {
      override = ColumnOverride(kind: try Self.kind(value))
      return
    }
    try value.requireKeys(ColumnOverride.keys, in: "column '\(entry.key)'")
    var kind: ColumnKind?
    if let given = value["kind"] { kind = try Self.kind(given) }
    override = ColumnOverride(
      kind: kind, missing: try value["missing"]?.texts("missing"),
      datetimeFormat: try value["datetime_format"]?.text("datetime_format"),
      fractionDigits: try value["fraction_digits"]?.wholeNumber("fraction_digits", atLeast: 0))
  }

  private static func kind(_ setting: Setting) throws(ExperimentError) -> ColumnKind {
    let text = try setting.text("kind")
    if let kind = ColumnKind(rawValue: text) { return kind }
    let kinds = ColumnKind.allCases.map(\.rawValue)
    let hint = nearest(to: text, among: kinds).map { "did you mean '\($0)'?" }
    throw setting.failure("unknown kind '\(text)'; \(hint ?? "the kinds are \(kinds.joined(separator: ", "))")")
  }
}
