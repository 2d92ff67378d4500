import Foundation
import MynahRandomness
import MynahSynthesizers
import MynahTables
import MynahTensors

@testable import MynahExperiments

/// A synthesizer for tests of checkpoints: each step adds a random number to a sum, which salts the model.
struct Walk: IterativeSynthesizer {
  static let identifier = "walk"
  var epochs = 4
  var batchSize = 10
  var validationFraction = 0.0
  var evaluateEvery = 1
  var patience = 0
  var maxMinutes = 0.0
  /// Diverges in this epoch.
  var divergeAt: Int?
  /// While there is such a file, training fails at the step whose number stands in it.
  var crashFile: String?

  static let stepsPerEpoch = 5
  struct Crash: Error, CustomStringConvertible { var description: String { "crashed" } }

  func fitted(to table: Table, using random: inout RandomSource, observer: any TrainingObserver) throws -> FittedWalk {
    let steps = Self.stepsPerEpoch
    var state = State(step: 0, sum: 0, random: random.split())
    if let kept = try observer.checkpoints?.load() {
      state = try JSONDecoder().decode(State.self, from: Data((kept.metadata["state"] ?? "").utf8))
    }
    func save() throws {
      let text = String(decoding: try JSONEncoder().encode(state), as: UTF8.self)
      let archive = ModelArchive(
        metadata: ["epoch": String(state.step / steps), "state": text],
        tensors: ["weights": Tensor(repeating: Double(state.step), shape: [40, 50])])
      try observer.checkpoints?.save(archive)
    }
    let crash = crashFile.flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }.flatMap { Int($0) }
    while state.step < epochs * steps {
      state.sum &+= state.random.next()
      state.step += 1
      if state.step == crash { throw Crash() }
      let epoch = (state.step + steps - 1) / steps
      if epoch == divergeAt {
        let kept = epoch > 1 ? FittedWalk(FittedParrot(table: table, salt: state.sum)) : nil
        throw TrainingDiverged(epoch: epoch, step: 1, cause: .notFinite("loss"), lastGoodModel: kept)
      }
      var decision = TrainingDecision.proceed
      if state.step % steps == 0 {
        let loss = epoch == 2 ? .nan : Double(state.sum >> 40)
        decision = observer.epochEnded(
          EpochReport(epoch: epoch, epochs: epochs, seconds: 1, rowsPerSecond: 1, losses: ["a_sum": loss]))
      }
      if observer.shouldStop || decision == .stop {
        try save()
        break
      }
      if observer.checkpoints?.isDue == true { try save() }
    }
    return FittedWalk(FittedParrot(table: table, salt: state.sum))
  }

  private struct State: Codable {
    var step: Int
    var sum: UInt64
    var random: RandomSource
  }
}

struct FittedWalk: FittedSynthesizer {
  static let identifier = "walk"
  var rows: FittedParrot
  var schema: Schema { rows.schema }

  init(_ rows: FittedParrot) { self.rows = rows }

  func sample(_ request: SamplingRequest, using random: inout RandomSource) throws -> Table {
    // Other steps make other rows.
    var own = random.stream(for: rows.salt)
    return try rows.sample(request, using: &own)
  }

  func write(to archive: inout ModelArchive) throws { try rows.write(to: &archive) }
  init(from archive: ModelArchive) throws { rows = try FittedParrot(from: archive) }
}
