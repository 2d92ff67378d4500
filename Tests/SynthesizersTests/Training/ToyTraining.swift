import MynahRandomness
import MynahTables
import MynahTensors
import Synchronization

@testable import MynahSynthesizers

/// A training whose course is written down: after each epoch the model's rows are as far from the table's as `bias` says.
struct ToyTraining: TrainingTask {
  let table: Table
  let bias: @Sendable (Int) -> Double
  var loss: @Sendable (TrainingPlace) -> Double = { _ in 1 }
  var norm: @Sendable (TrainingPlace) -> Double = { _ in 1 }
  var flaw = FittedToy.Flaw.none
  var drawsLevels = true
  private(set) var random = RandomSource(seed: 11)
  /// A random walk: shows whether a resumed training took the same steps. And the bias after the last step.
  private(set) var values: [String: Tensor] = ["walk": .zeros([1]), "bias": .zeros([1])]
  private var order: [Int] = []

  init(_ table: Table, bias: @escaping @Sendable (Int) -> Double) {
    self.table = table
    self.bias = bias
  }

  let stepsPerEpoch = 4
  let rowsPerStep = 10
  var modelValues: [String: Tensor] { values }

  mutating func epochBegan(_ epoch: Int) {
    var own = RandomSource(seed: 3).stream(for: UInt64(epoch))
    order = own.permutation(stepsPerEpoch)
  }

  mutating func step(at place: TrainingPlace) -> StepReport {
    let walk = values["walk"]!.item + random.normal() * Double(1 + order[place.step - 1])
    values = ["walk": Tensor([walk]), "bias": Tensor([bias(place.epoch)])]
    return StepReport(losses: ["toy": loss(place)], gradientNorms: ["net": norm(place)])
  }

  func model(keeping values: [String: Tensor]) throws -> FittedToy {
    FittedToy(table: table, walk: values["walk"]!.item, bias: values["bias"]!.item, flaw: flaw)
  }

  var state: TrainingState {
    var state = TrainingState()
    for (name, value) in values { state.tensors[name] = value }
    state.random["steps"] = random
    return state
  }

  mutating func restore(_ state: TrainingState) throws(SynthesisError) {
    random = try state.randomSource("steps")
    for name in ["walk", "bias"] {
      guard let value = state.tensors[name], value.shape == [1] else { throw SynthesisError("no '\(name)'") }
      values[name] = value
    }
  }
}

/// Rows of the table, moved by the bias, or flawed on purpose.
struct FittedToy: FittedSynthesizer {
  enum Flaw { case none, oneLevel, repeated }
  static let identifier = "toy"
  var table: Table
  var walk: Double
  var bias: Double
  var flaw: Flaw
  var schema: Schema { table.schema }

  func sample(_ request: SamplingRequest, using random: inout RandomSource) throws -> Table {
    let rows = (0..<request.count).map { flaw == .repeated ? $0 % 5 : $0 % table.rowCount }
    let drawn = table.gathering(rows)
    let columns = drawn.columns.map { column -> Column in
      switch column {
      case .continuous(let values, let validity): .continuous(values.map { $0 + bias }, validity)
      case .categorical(let codes, let levels, let validity) where flaw == .oneLevel:
        .categorical(codes: codes.map { _ in 0 }, levels: levels, validity)
      default: column
      }
    }
    return try Table(schema: schema, columns: columns)
  }

  func write(to archive: inout ModelArchive) throws {}
  init(from archive: ModelArchive) throws { throw SynthesisError("a toy") }
  init(table: Table, walk: Double, bias: Double, flaw: Flaw) {
    (self.table, self.walk, self.bias, self.flaw) = (table, walk, bias, flaw)
  }
}

/// What the loop reads of a synthesizer.
struct ToySettings: IterativeSynthesizer {
  static let identifier = "toy"
  var epochs = 12
  var batchSize = 10
  var validationFraction = 0.2
  var evaluateEvery = 1
  var patience = 0
  var maxMinutes = 0.0

  func fitted(to table: Table, using random: inout RandomSource, observer: any TrainingObserver) throws -> FittedToy {
    throw SynthesisError("a toy")
  }
}

/// Writes down what training tells, keeps checkpoints in memory, and can pull the plug after a step.
final class Witness: TrainingObserver {
  struct Unplugged: Error {}
  let reports = Mutex<[EpochReport]>([])
  private let store: Store?

  init(_ store: Store? = nil) { self.store = store }

  var all: [EpochReport] { reports.withLock { $0 } }

  func stageBegan(_ name: String) {}
  func epochEnded(_ report: EpochReport) -> TrainingDecision {
    reports.withLock { $0.append(report) }
    return .proceed
  }
  var shouldStop: Bool { store?.asksToStop ?? false }
  var checkpoints: (any CheckpointStore)? { store }

  final class Store: CheckpointStore {
    let kept = Mutex<ModelArchive?>(nil)
    private let steps = Mutex(0)
    /// Saves after this step, and then either throws at the next question or asks to stop.
    let plug: Int
    let isKill: Bool

    init(plug: Int, isKill: Bool) { (self.plug, self.isKill) = (plug, isKill) }

    var checkpoint: ModelArchive? { kept.withLock { $0 } }

    func load() throws -> ModelArchive? { checkpoint }
    func save(_ checkpoint: ModelArchive) throws {
      if isKill, kept.withLock({ $0 != nil }) { throw Unplugged() }
      kept.withLock { $0 = checkpoint }
    }
    var isDue: Bool {
      isKill
        && steps.withLock { steps in
          steps += 1; return steps >= plug
        }
    }
    var asksToStop: Bool {
      !isKill
        && steps.withLock { steps in
          steps += 1; return steps >= plug
        }
    }
  }

  /// Gives out an earlier checkpoint and wants no other.
  struct Memory: CheckpointStore {
    let archive: ModelArchive?
    func load() throws -> ModelArchive? { archive }
    func save(_ checkpoint: ModelArchive) throws {}
    var isDue: Bool { false }
  }
}

/// Continues from a checkpoint.
struct Resumed: TrainingObserver {
  let archive: ModelArchive?
  func stageBegan(_ name: String) {}
  func epochEnded(_ report: EpochReport) -> TrainingDecision { .proceed }
  var shouldStop: Bool { false }
  var checkpoints: (any CheckpointStore)? { Witness.Memory(archive: archive) }
}
