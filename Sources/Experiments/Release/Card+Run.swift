import Foundation
import MynahEvaluation
import MynahTables

extension Card {
  /// The card of a generator's rows.
  ///
  /// - Parameters:
  ///   - table: their file in the run folder.
  ///   - scores: of all metrics.
  init(
    _ configuration: ExperimentConfiguration, data: ExperimentData, model file: ModelFile, table: File,
    scores: [String: MetricScore], gates: [GateOutcome], rejectedRows: Int, epochs: Int?
  ) throws {
    let families = Dictionary(
      uniqueKeysWithValues: configuration.metrics.map { (type(of: $0).identifier, type(of: $0).family) })
    var fraction: Double?
    if case .fraction(let share) = configuration.dataset.holdout { fraction = share }
    let conditions = configuration.sample.conditions.map { ($0.column, $0.value) }
    self.init(
      name: configuration.name, created: Date().ISO8601Format(),
      author: configuration.release.author ?? ProcessInfo.processInfo.userName,
      released: gates.allSatisfy(\.passed), table: table,
      source: Source(
        train: File(data.train.table, name: data.train.name, sha256: data.train.sha256),
        holdout: try data.holdoutFile(), holdoutFraction: fraction, droppedColumns: configuration.dataset.drop,
        target: configuration.dataset.target),
      method: Method(
        model: file.kind, hyperparameters: try file.settings(), seed: configuration.seed, epochs: epochs,
        conditions: Dictionary(conditions, uniquingKeysWith: { _, last in last }), program: "mynah \(mynahVersion)"),
      purpose: configuration.release.purpose,
      measurements: scores.reduce(into: [:]) {
        $0[$1.key] = CardMeasurement($1.value, family: families[$1.key] ?? .other)
      },
      gates: gates, rejectedRows: rejectedRows == 0 ? nil : rejectedRows)
  }
}

extension Card.File {
  init(_ table: Table, name: String, sha256: String) {
    self.init(name: name, sha256: sha256, rows: table.rowCount, columns: table.schema.columns.map(\.name))
  }
}

extension ModelFile {
  /// The hyperparameters by name, as text.
  func settings() throws -> [String: String] {
    let pairs = try ModelSummary.settings(of: hyperparameters)
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}
