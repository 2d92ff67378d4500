import Foundation
import MynahRandomness
import MynahTensors

/// Where a training loop stands: everything of it that a checkpoint keeps, but for the tensors.
struct LoopProgress: Codable, Sendable {
  /// The epoch in progress, counted from 1.
  var epoch = 1
  /// Steps done in it.
  var steps = 0
  /// Sums over those steps.
  var losses: [String: Double] = [:]
  var norms: [String: Double] = [:]
  /// Of training, over all runs.
  var seconds = 0.0
  /// Of the epoch in progress.
  var epochSeconds = 0.0
  /// The best score so far; nil before the first.
  var bestScore: Double?
  /// Scores in a row without a better one.
  var scoresSinceBest = 0
  /// Scores in a row that looked like a collapse.
  var collapses = 0
  var gradients = GradientWatch()

  mutating func add(_ report: StepReport) {
    steps += 1
    for (name, value) in report.losses { losses[name, default: 0] += value }
    for (name, value) in report.gradientNorms { norms[name, default: 0] += value }
  }

  mutating func beginNextEpoch() {
    epoch += 1
    (steps, losses, norms, epochSeconds) = (0, [:], [:], 0)
  }
}

extension LoopProgress {
  private static let key = "training.progress"
  private static let keptPrefix = "kept."
  private static let statePrefix = "state."

  /// A checkpoint: this, the task's state, and the parameters kept so far.
  ///
  /// Its metadata say under "epoch" how many epochs are over.
  func checkpoint(of state: TrainingState, kept: [String: Tensor]?) throws -> ModelArchive {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    func json(_ value: some Encodable) throws -> String { String(decoding: try encoder.encode(value), as: UTF8.self) }
    var archive = ModelArchive()
    archive.metadata["epoch"] = String(epoch - 1)
    archive.metadata[Self.key] = try json(self)
    archive.metadata["training.random"] = try json(state.random)
    for (name, tensor) in state.tensors { archive.tensors[Self.statePrefix + name] = tensor }
    for (path, tensor) in kept ?? [:] { archive.tensors[Self.keptPrefix + path] = tensor }
    return archive
  }

  /// - Throws: `SynthesisError` when the archive is no checkpoint.
  static func restored(
    from archive: ModelArchive
  ) throws(SynthesisError) -> (progress: LoopProgress, state: TrainingState, kept: [String: Tensor]?) {
    func value<Value: Decodable>(_ type: Value.Type, _ key: String) throws(SynthesisError) -> Value {
      guard let text = archive.metadata[key], let value = try? JSONDecoder().decode(type, from: Data(text.utf8)) else {
        throw SynthesisError("the checkpoint has no readable '\(key)'")
      }
      return value
    }
    let progress = try value(LoopProgress.self, key)
    guard progress.epoch >= 1, progress.steps >= 0 else { throw SynthesisError("the checkpoint's epoch is impossible") }
    var state = TrainingState()
    state.random = try value([String: RandomSource].self, "training.random")
    var kept: [String: Tensor] = [:]
    for (name, tensor) in archive.tensors {
      if name.hasPrefix(statePrefix) { state.tensors[String(name.dropFirst(statePrefix.count))] = tensor }
      if name.hasPrefix(keptPrefix) { kept[String(name.dropFirst(keptPrefix.count))] = tensor }
    }
    return (progress, state, kept.isEmpty ? nil : kept)
  }
}
