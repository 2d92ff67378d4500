import MynahSynthesizers
import MynahTables

/// What is trained, on what, by what: work kept from one training is continued only by the same one.
struct TrainingIdentity: Codable, Equatable {
  /// May be another one: it bounds the time, and has no influence on a step.
  static let freeHyperparameters: Set = ["max_minutes"]

  /// The program's.
  var version = mynahVersion
  var kind: String
  /// JSON with names in snake_case.
  var hyperparameters: String
  var seed: UInt64
  /// Of the table's file.
  var dataSHA256: String
  var rows: Int
  /// Nil where it is not known.
  var schema: Schema?

  init(_ synthesizer: any Synthesizer, data: InputTable, seed: UInt64) throws {
    kind = type(of: synthesizer).identifier
    hyperparameters = try Hyperparameters.json(of: synthesizer)
    self.seed = seed
    dataSHA256 = data.sha256
    rows = data.table.rowCount
    schema = data.table.schema
  }

  /// Of a finished model.
  init(_ file: ModelFile) {
    version = file.provenance.version
    kind = file.kind
    hyperparameters = file.hyperparameters
    seed = file.provenance.seed
    dataSHA256 = file.provenance.dataSHA256
    rows = file.provenance.rows
  }

  /// What this training has otherwise than `kept`, each as "epochs 300, the configuration says 200".
  func differences(from kept: TrainingIdentity) throws -> [String] {
    var differences: [String] = []
    func compare(_ name: String, _ old: some CustomStringConvertible & Equatable, _ new: String, by who: String) {
      if old.description != new { differences.append("\(name) \(old.description), \(who) \(new)") }
    }
    compare("mynah", kept.version, version, by: "this is")
    compare("kind", kept.kind, kind, by: "the configuration says")
    if kind == kept.kind {
      let (old, new) = (try Self.settings(kept.hyperparameters), try Self.settings(hyperparameters))
      for name in Set(old.keys).union(new.keys).subtracting(Self.freeHyperparameters).sorted() {
        compare(name, old[name] ?? "not given", new[name] ?? "not given", by: "the configuration says")
      }
    }
    compare("seed", kept.seed, "\(seed)", by: "the configuration says")
    compare("rows", kept.rows, "\(rows)", by: "the table has")
    if let old = kept.schema, let new = schema, let difference = Self.difference(old, new) {
      differences.append(difference)
    } else if kept.rows == rows, kept.dataSHA256 != dataSHA256 {
      compare("a table of SHA-256", "\(kept.dataSHA256.prefix(12))…", "\(dataSHA256.prefix(12))…", by: "this one has")
    }
    return differences
  }

  private static func settings(_ json: String) throws -> [String: String] {
    guard case .mapping(let entries) = try Setting(yaml: json, file: "hyperparameters").content else { return [:] }
    return Dictionary(entries.map { ($0.key, $0.value.inline) }, uniquingKeysWith: { first, _ in first })
  }

  /// The first column that is another one.
  private static func difference(_ old: Schema, _ new: Schema) -> String? {
    guard old != new else { return nil }
    guard old.columns.count == new.columns.count else {
      return "\(old.columns.count) columns, the table has \(new.columns.count)"
    }
    for (kept, column) in zip(old.columns, new.columns) where kept != column {
      return kept.name == column.name && kept.kind == column.kind
        ? "another range or form of column '\(kept.name)'"
        : "the \(kept.kind) column '\(kept.name)', the table has the \(column.kind) column '\(column.name)'"
    }
    return nil
  }
}
