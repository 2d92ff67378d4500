import MynahRandomness
import MynahTables
import MynahTensors
import Synchronization

@testable import MynahSynthesizers

extension Small {
  static var tvae: TVAE {
    var model = TVAE()
    model.epochs = 2
    model.batchSize = 40
    model.embeddingDimension = 6
    model.compressDimensions = [16]
    model.decompressDimensions = [14]
    return model
  }

  static var vae: VAE {
    var model = VAE()
    model.epochs = 2
    model.batchSize = 40
    model.latentDimension = 6
    model.encoderDimensions = [16]
    model.decoderDimensions = [14]
    return model
  }

  static var conditionalVAE: ConditionalVAE {
    var model = ConditionalVAE()
    model.conditionColumn = "colour"
    model.epochs = 2
    model.batchSize = 40
    model.latentDimension = 6
    model.encoderDimensions = [16]
    model.decoderDimensions = [14]
    return model
  }

  static func fit<S: Synthesizer>(
    _ settings: S, to table: Table, seed: UInt64 = 1, observer: any TrainingObserver = SilentObserver()
  ) throws -> S.Fitted {
    var random = RandomSource(seed: seed)
    return try settings.fitted(to: table, using: &random, observer: observer)
  }

  static func sample(
    _ count: Int, from model: some FittedSynthesizer, _ conditions: [Condition] = []
  ) throws -> Table {
    var random = RandomSource(seed: 3)
    return try model.sample(count, given: conditions, using: &random)
  }

  static func tensors(_ model: some FittedSynthesizer) throws -> [String: [Double]] {
    var archive = ModelArchive()
    try model.write(to: &archive)
    return archive.tensors.mapValues(\.scalars)
  }

  /// One discrete column, one number, numbers alone, fewer rows than a batch, constants, a column without a value, two
  /// rows.
  static func tablesOfEveryMakeUp() throws -> [Table] {
    let table = try Small.table(rows: 60)
    func only(_ names: [String]) throws -> Table {
      let kept = table.schema.columns.indices.filter { names.contains(table.schema.columns[$0].name) }
      return try Table(
        schema: Schema(kept.map { table.schema.columns[$0] }), columns: kept.map { table.columns[$0] })
    }
    let constant = try Table(
      schema: Schema([ColumnSchema(name: "a", kind: .integer), ColumnSchema(name: "b", kind: .categorical)]),
      columns: [
        .integer(Array(repeating: 4, count: 30), nil),
        .categorical(codes: Array(repeating: 0, count: 30), levels: ["only"], nil),
      ])
    let missing = try Table(
      schema: Schema([ColumnSchema(name: "a", kind: .continuous), ColumnSchema(name: "b", kind: .integer)]),
      columns: [
        .continuous(Array(repeating: 0, count: 30), Validity(count: 30, allPresent: false)),
        .integer(Array(0..<30), nil),
      ])
    return [
      try only(["colour"]), try only(["price"]), try only(["price", "age"]), try only(["shape", "label"]), constant,
      missing, table.gathering([0, 1]),
    ]
  }
}

/// Keeps one checkpoint.
final class SharedCheckpoint: Sendable {
  private let kept = Mutex<ModelArchive?>(nil)
  func load() throws -> ModelArchive? { kept.withLock { $0 } }
  func save(_ checkpoint: ModelArchive) throws { kept.withLock { $0 = checkpoint } }
}

/// Ends training after some steps, with a checkpoint.
final class Interruption: TrainingObserver, CheckpointStore {
  private let steps: Mutex<Int>
  private let store: SharedCheckpoint

  init(after steps: Int, store: SharedCheckpoint) {
    self.steps = Mutex(steps)
    self.store = store
  }

  func stageBegan(_ name: String) {}
  func epochEnded(_ report: EpochReport) -> TrainingDecision { .proceed }
  /// Asked once after every step.
  var shouldStop: Bool {
    steps.withLock { left in
      left -= 1
      return left <= 0
    }
  }
  var checkpoints: (any CheckpointStore)? { self }
  func load() throws -> ModelArchive? { try store.load() }
  func save(_ checkpoint: ModelArchive) throws { try store.save(checkpoint) }
  var isDue: Bool { false }
}

/// How many rows were drawn to meet conditions.
final class RejectionCounter: SamplingObserver {
  private let count = Mutex(0)
  var drawn: Int { count.withLock { $0 } }
  func rejectionEnded(drawn: Int, accepted: Int) { count.withLock { $0 += drawn } }
}
