import MynahTables

/// Where an experiment's table comes from and how it is to be read.
public struct DatasetConfiguration: Sendable, Equatable {
  /// Rows that no model sees.
  public enum Holdout: Sendable, Equatable {
    case file(String)
    /// This share of the rows, drawn by the seed.
    case fraction(Double)
  }

  public var path: String
  public var holdout: Holdout?
  public var target: String?
  /// Texts that stand for a missing value, besides those that always do.
  public var missing: [String]
  /// Detected unless given.
  public var delimiter: Character?
  public var columns: [ColumnSetting]
  /// Columns that are left out right after reading.
  public var drop: [String]
  /// Where the path stands in the configuration, for errors.
  var place: Place?
  var targetPlace: Place?
  var dropPlace: Place?

  public init(
    path: String, holdout: Holdout? = nil, target: String? = nil, missing: [String] = [], delimiter: Character? = nil,
    columns: [ColumnSetting] = [], drop: [String] = []
  ) {
    self.path = path
    self.holdout = holdout
    self.target = target
    self.missing = missing
    self.delimiter = delimiter
    self.columns = columns
    self.drop = drop
  }

  static let keys = ["path", "holdout", "target", "missing", "delimiter", "columns", "drop"]

  /// A path alone, or a mapping.
  init(_ setting: Setting) throws(ExperimentError) {
    if case .scalar = setting.content {
      self.init(path: try setting.text("dataset"))
      place = setting.place
      return
    }
    try setting.requireKeys(Self.keys, in: "dataset")
    guard let path = setting["path"] else { throw setting.failure("dataset: 'path' is missing; expected a CSV file") }
    self.init(path: try path.text("path"))
    place = path.place
    if let holdout = setting["holdout"] { self.holdout = try Holdout(holdout) }
    if let target = setting["target"] {
      self.target = try target.text("target")
      targetPlace = target.place
    }
    if let missing = setting["missing"] { self.missing = try missing.texts("missing") }
    if let delimiter = setting["delimiter"] { self.delimiter = try Self.delimiter(delimiter) }
    if let columns = setting["columns"] { self.columns = try ColumnSetting.list(columns) }
    if let drop = setting["drop"] {
      self.drop = try drop.texts("drop")
      dropPlace = drop.place
      if let target, self.drop.contains(target) { throw drop.failure("drop: '\(target)' is the target") }
    }
  }

  /// The table without the columns that are left out.
  ///
  /// - Throws: `ExperimentError` for a column that is not there, with the nearest one, and where none would be left.
  func dropping(from table: Table) throws -> Table {
    guard !drop.isEmpty else { return table }
    for name in drop where table.schema.index(of: name) == nil {
      let hint = table.schema.nearestName(to: name).map { "; did you mean '\($0)'?" } ?? ""
      throw ExperimentError("drop: there is no column '\(name)'\(hint)", at: dropPlace)
    }
    let kept = table.schema.columns.indices.filter { !drop.contains(table.schema.columns[$0].name) }
    guard !kept.isEmpty else { throw ExperimentError("drop: no column would be left", at: dropPlace) }
    return try Table(
      schema: Schema(kept.map { table.schema.columns[$0] }), columns: kept.map { table.columns[$0] })
  }

  private static func delimiter(_ setting: Setting) throws(ExperimentError) -> Character {
    let text = try setting.text("delimiter")
    if let delimiter = Self.delimiter(text) { return delimiter }
    throw setting.failure("delimiter: must be one ASCII character, or tab, got '\(text)'")
  }

  /// `tab` and `\t` are a tab; a quote or a line break cannot part fields.
  public static func delimiter(_ text: String) -> Character? {
    if text == "tab" || text == "\\t" { return "\t" }
    guard text.count == 1, let character = text.first, character.isASCII, !"\"\r\n".contains(character) else {
      return nil
    }
    return character
  }
}

extension DatasetConfiguration.Holdout {
  init(_ setting: Setting) throws(ExperimentError) {
    if case .scalar = setting.content {
      self = .file(try setting.text("holdout"))
      return
    }
    try setting.requireKeys(["fraction"], in: "holdout")
    guard let share = setting["fraction"] else { throw setting.failure("holdout: 'fraction' is missing") }
    let fraction = try share.number("fraction")
    guard fraction > 0, fraction < 1 else { throw share.failure("fraction: must lie between 0 and 1, got \(fraction)") }
    self = .fraction(fraction)
  }
}
