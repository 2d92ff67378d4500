import Foundation
import MynahRandomness
import MynahSynthesizers
import MynahTables
import MynahTensors

@testable import MynahExperiments

/// A synthesizer for tests: it remembers its table and draws rows from it.
struct Parrot: Synthesizer {
  enum Mode: String, Codable, CaseIterable { case rows, cells }

  static let identifier = "parrot"
  var epochs = 3
  var batchSize = 10
  var pac = 5
  var learningRate = 2e-4
  var layerSizes = [256, 256]
  var mode = Mode.rows
  var verbose = false
  var note: String?
  /// Ends training with an error at this epoch.
  var divergeAt: Int?

  func validate() throws(SynthesisError) {
    guard epochs > 0 else {
      throw SynthesisError("epochs must be at least 1, got \(epochs)", hyperparameter: "epochs")
    }
    guard batchSize % pac == 0 else {
      throw SynthesisError(
        "batch_size \(batchSize) is no multiple of pac \(pac)", hyperparameter: "batchSize")
    }
  }

  func fitted(
    to table: Table, using random: inout RandomSource, observer: any TrainingObserver
  ) throws -> FittedParrot {
    try validate()
    observer.stageBegan("remembering")
    for epoch in 1...epochs {
      if epoch == divergeAt {
        let kept = epoch > 1 ? FittedParrot(table: table, salt: 0) : nil
        throw TrainingDiverged(epoch: epoch, step: 1, cause: .notFinite("loss"), lastGoodModel: kept)
      }
      let report = EpochReport(
        epoch: epoch, epochs: epochs, seconds: 0.5, rowsPerSecond: 2 * Double(table.rowCount), losses: ["loss": 1])
      if observer.epochEnded(report) == .stop || observer.shouldStop { break }
    }
    return FittedParrot(table: table, salt: random.next())
  }
}

struct FittedParrot: FittedSynthesizer {
  static let identifier = "parrot"
  var table: Table
  var salt: UInt64
  var schema: Schema { table.schema }

  init(table: Table, salt: UInt64) {
    self.table = table
    self.salt = salt
  }

  func sample(_ request: SamplingRequest, using random: inout RandomSource) throws -> Table {
    var rows = Array(0..<table.rowCount)
    for condition in request.conditions {
      guard let column = table[condition.column] else {
        throw SynthesisError("unknown column '\(condition.column)'")
      }
      guard case .categorical(let codes, let levels, _) = column,
        let code = levels.firstIndex(of: condition.value)
      else { throw SynthesisError("column '\(condition.column)' has no level '\(condition.value)'") }
      rows = rows.filter { codes[$0] == Int32(code) }
    }
    return table.gathering((0..<request.count).map { _ in rows[Int(random.next() % UInt64(rows.count))] })
  }

  /// Text in the metadata, and a tensor for the sake of the format.
  func write(to archive: inout ModelArchive) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    archive.metadata["schema"] = String(decoding: try encoder.encode(schema), as: UTF8.self)
    archive.metadata["salt"] = String(salt)
    archive.metadata["cells"] = String(
      decoding: try encoder.encode(
        table.columns.map { column -> [String] in
          (0..<column.count).map { row in
            switch column {
            case .continuous(let values, _): String(values[row])
            case .integer(let values, _), .timestamp(let values, _): String(values[row])
            case .categorical(let codes, let levels, _): codes[row] < 0 ? "" : levels[Int(codes[row])]
            }
          }
        }), as: UTF8.self)
  }

  init(from archive: ModelArchive) throws {
    guard let schema = archive.metadata["schema"], let cells = archive.metadata["cells"],
      let salt = archive.metadata["salt"].flatMap(UInt64.init)
    else { throw SynthesisError("the model file lacks the table") }
    let described = try JSONDecoder().decode(Schema.self, from: Data(schema.utf8))
    let texts = try JSONDecoder().decode([[String]].self, from: Data(cells.utf8))
    let columns = zip(described.columns, texts).map { column, values -> Column in
      switch column.kind {
      case .continuous: .continuous(values.map { Double($0) ?? 0 }, nil)
      case .integer: .integer(values.map { Int64($0) ?? 0 }, nil)
      case .datetime: .timestamp(values.map { Int64($0) ?? 0 }, nil)
      case .categorical, .boolean, .identifier:
        {
          let levels = values.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
          return .categorical(
            codes: values.map { value in Int32(levels.firstIndex(of: value) ?? 0) }, levels: levels, nil)
        }()
      }
    }
    self.init(table: try Table(schema: described, columns: columns), salt: salt)
  }
}

extension Registry {
  static var forTests: Registry {
    var registry = Registry()
    registry.register(Parrot.self)
    return registry
  }
}
