import Foundation
import MynahSynthesizers
import MynahTables
import MynahTensors
import Synchronization

/// Checkpoints in one safetensors file, which is replaced as a whole, and by which training they are of.
///
/// The metadata hold, besides what the training puts there: `mynah.checkpoint_version`, `mynah.training` (JSON) and
/// `mynah.sha256`, as in a model file.
final class FileCheckpoints: CheckpointStore {
  static let formatVersion = 1

  private enum Key {
    static let formatVersion = "mynah.checkpoint_version"
    static let training = "mynah.training"
    static let all = [formatVersion, training, Checksum.key]
  }

  private struct State {
    var begin: ModelArchive?
    var schedule: CheckpointSchedule
  }

  let path: String
  private let training: TrainingIdentity
  private let willSave: @Sendable () throws -> Void
  private let state: Mutex<State>

  /// - Parameters:
  ///   - begin: The checkpoint to continue from.
  ///   - interval: The least time between two checkpoints.
  ///   - willSave: Called before each one: what has to be on the disk before it.
  init(
    path: String, of training: TrainingIdentity, from begin: ModelArchive?, interval: Duration,
    willSave: @escaping @Sendable () throws -> Void
  ) {
    self.path = path
    self.training = training
    self.willSave = willSave
    state = Mutex(State(begin: begin, schedule: CheckpointSchedule(interval: interval, from: .now)))
  }

  /// The checkpoint that was given; it is let go, so that its tensors take no memory twice.
  func load() -> ModelArchive? {
    state.withLock { state in
      defer { state.begin = nil }
      return state.begin
    }
  }

  var isDue: Bool { state.withLock { $0.schedule.isDue(at: .now) } }

  func save(_ checkpoint: ModelArchive) throws {
    try willSave()
    var metadata = checkpoint.metadata
    metadata[Key.formatVersion] = String(Self.formatVersion)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    metadata[Key.training] = String(decoding: try encoder.encode(training), as: UTF8.self)
    let file = try AtomicFile(path: path)
    try file.write(try Checksum.encode(Safetensors(tensors: checkpoint.tensors, metadata: metadata)))
    try file.commit()
    state.withLock { $0.schedule.saved(at: .now) }
  }

  /// Reads a checkpoint.
  ///
  /// - Throws: `ExperimentError` for a file that is damaged or of a newer program.
  static func read(path: String) throws -> (training: TrainingIdentity, archive: ModelArchive) {
    let place = Place(path)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ExperimentError("cannot be read", at: place, reason: .noSuchFile)
    }
    return try data.withUnsafeBytes { bytes in
      guard let contents = try? Safetensors(bytes: bytes) else {
        throw ExperimentError("the checkpoint is damaged; \(anew)", at: place)
      }
      if let version = contents.metadata[Key.formatVersion].flatMap({ Int($0) }), version > formatVersion {
        throw ExperimentError(
          "the checkpoint is in format version \(version) of a newer program; this one (\(mynahVersion)) reads up to "
            + "version \(formatVersion)", at: place)
      }
      guard Checksum.agrees(contents, with: bytes),
        let text = contents.metadata[Key.training],
        let training = try? JSONDecoder().decode(TrainingIdentity.self, from: Data(text.utf8))
      else { throw ExperimentError("the checkpoint is damaged; \(anew)", at: place) }
      let own = contents.metadata.filter { !Key.all.contains($0.key) }
      return (training, ModelArchive(metadata: own, tensors: contents.tensors))
    }
  }

  /// What can be done about work that cannot be continued.
  static let anew = "run without --resume to begin anew"
}
