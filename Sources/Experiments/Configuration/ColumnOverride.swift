import MynahTables

/// What a file says about a column, in place of what its values suggest.
public struct ColumnOverride: Sendable, Equatable {
  public var name: String
  public var kind: ColumnKind?
  /// The text that stands for a missing value in this column, besides those of the table.
  public var missing: String?
  /// Datetimes: the form in strftime letters.
  public var datetimeFormat: String?
  /// Where the column is named, for errors.
  var place: Place?

  public init(name: String, kind: ColumnKind? = nil, missing: String? = nil, datetimeFormat: String? = nil) {
    self.name = name
    self.kind = kind
    self.missing = missing
    self.datetimeFormat = datetimeFormat
  }

  /// Reads a schema file (YAML or JSON): columns by name, each with its kind, or with a mapping of the keys `kind`,
  /// `missing` and `format`.
  ///
  /// ```yaml
  /// zip: categorical
  /// opened: {kind: datetime, format: "%d.%m.%Y"}
  /// ```
  public static func list(yaml: String, file: String) throws(ExperimentError) -> [ColumnOverride] {
    try list(try Setting(yaml: yaml, file: file))
  }

  static func list(_ setting: Setting) throws(ExperimentError) -> [ColumnOverride] {
    var columns: [ColumnOverride] = []
    for entry in try setting.entries("columns") { columns.append(try ColumnOverride(entry)) }
    return columns
  }

  private init(_ entry: Setting.Entry) throws(ExperimentError) {
    self.init(name: entry.key)
    place = entry.place
    if case .scalar = entry.value.content {
      kind = try Self.kind(entry.value)
      return
    }
    try entry.value.requireKeys(["kind", "missing", "format"], in: "column '\(entry.key)'")
    if let value = entry.value["kind"] { kind = try Self.kind(value) }
    missing = try entry.value["missing"]?.text("missing")
    datetimeFormat = try entry.value["format"]?.text("format")
    if datetimeFormat != nil, let kind, kind != .datetime {
      throw entry.value.failure("column '\(entry.key)': a format is for kind datetime, this is \(kind.rawValue)")
    }
  }

  private static func kind(_ setting: Setting) throws(ExperimentError) -> ColumnKind {
    let text = try setting.text("kind")
    if let kind = ColumnKind(rawValue: text) { return kind }
    let kinds = ColumnKind.allCases.map(\.rawValue)
    let hint = nearest(to: text, among: kinds).map { "did you mean '\($0)'?" }
    throw setting.failure("unknown kind '\(text)'; \(hint ?? "the kinds are \(kinds.joined(separator: ", "))")")
  }
}
