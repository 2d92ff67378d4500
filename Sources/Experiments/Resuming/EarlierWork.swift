import Foundation
import MynahSynthesizers

/// What an earlier run has left of one generator.
struct EarlierWork {
  enum Progress {
    /// Training is over.
    case finished(ModelFile)
    case checkpoint(ModelArchive)
  }

  var progress: Progress
  /// The epochs that are over, as `training.jsonl` has them.
  var lines: [UInt8]
  var reports: [EpochReport]

  /// The names of files that are worth keeping when a run ends in its middle.
  static let files = [model, checkpoint]
  static let model = "model.safetensors"
  static let checkpoint = "checkpoint.safetensors"
  static let log = "training.jsonl"

  /// Whether anything to continue from lies in the folder or below it.
  static func exists(in folder: String) -> Bool { !names(in: folder).isEmpty }

  /// Paths of models and checkpoints in the folder.
  private static func names(in folder: String) -> [String] {
    let all = FileManager.default.subpaths(atPath: folder) ?? []
    return all.filter { files.contains(($0 as NSString).lastPathComponent) }.sorted()
  }

  /// What there is to continue from, by generator.
  ///
  /// The first folder that holds anything has to be of the same trainings, else nothing is begun; what the others hold
  /// is used where it is.
  ///
  /// - Parameters:
  ///   - folders: Newest first.
  ///   - trainings: By the generators' sub-folders, such as "ctgan/".
  ///   - owner: What errors call the run.
  /// - Throws: `ExperimentError` for work that is damaged, or of another table or configuration; says what differs.
  static func find(
    in folders: [String], of trainings: [String: TrainingIdentity], dataset: Setting?, owner: String
  ) throws -> [String: EarlierWork] {
    var found: [String: EarlierWork] = [:]
    var isFirst = true
    for folder in folders where exists(in: folder) {
      do {
        for name in names(in: folder) {
          let prefix = String(name.dropLast((name as NSString).lastPathComponent.count))
          guard trainings[prefix] != nil else {
            throw ExperimentError(
              "holds the work of a generator '\(prefix.dropLast())' that the configuration does not name; "
                + FileCheckpoints.anew, at: Place(owner))
          }
        }
        try requireSameReading(dataset, in: folder, owner: owner)
        for (prefix, training) in trainings where found[prefix] == nil {
          found[prefix] = try read(folder + "/" + prefix, of: training, owner: owner)
        }
      } catch {
        if isFirst { throw error }
      }
      isFirst = false
    }
    return found
  }

  private static func read(_ folder: String, of training: TrainingIdentity, owner: String) throws -> EarlierWork? {
    let manager = FileManager.default
    if manager.fileExists(atPath: folder + model) {
      let file = try ModelFile(path: folder + model)
      // Without the epochs completed it is a whole training's; else the checkpoint says more.
      if file.provenance.epochsCompleted == nil {
        try require(training, asIn: TrainingIdentity(file), "model", owner)
        let log = try TrainingLog.read(path: folder + log)
        return EarlierWork(progress: .finished(file), lines: log.lines, reports: log.reports)
      }
    }
    guard manager.fileExists(atPath: folder + checkpoint) else { return nil }
    let kept = try FileCheckpoints.read(path: folder + checkpoint)
    try require(training, asIn: kept.training, "checkpoint", owner)
    guard let epochs = kept.archive.metadata["epoch"].flatMap({ Int($0) }), epochs >= 0 else {
      throw ExperimentError("the checkpoint does not say of which epoch it is", at: Place(folder + checkpoint))
    }
    let log = try TrainingLog.read(path: folder + log, epochs: epochs)
    return EarlierWork(progress: .checkpoint(kept.archive), lines: log.lines, reports: log.reports)
  }

  private static func require(
    _ training: TrainingIdentity, asIn kept: TrainingIdentity, _ what: String, _ owner: String
  ) throws {
    let differences = try training.differences(from: kept)
    guard differences.isEmpty else { throw refusal(what, differences, owner) }
  }

  /// The same file read in another way is another table, though its hash is the same.
  private static func requireSameReading(_ dataset: Setting?, in folder: String, owner: String) throws {
    guard let dataset, let old = try Setting(path: folder + "/configuration.yaml")["dataset"] else { return }
    let differences = ["missing", "delimiter", "columns"].compactMap { key -> String? in
      let (old, new) = (old[key]?.inline ?? "not given", dataset[key]?.inline ?? "not given")
      return old == new ? nil : "dataset.\(key) \(old), the configuration says \(new)"
    }
    guard differences.isEmpty else { throw refusal("run", differences, owner) }
  }

  private static func refusal(_ what: String, _ differences: [String], _ owner: String) -> ExperimentError {
    ExperimentError(
      "the \(what) there was made with \(differences.joined(separator: "; with ")); change that back, or "
        + FileCheckpoints.anew, at: Place(owner))
  }
}
