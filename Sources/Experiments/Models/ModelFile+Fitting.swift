import MynahEncoders
import MynahRandomness
import MynahSynthesizers

extension ModelFile {
  /// What a seed is used for; each purpose has random numbers of its own, so that one does not shift another's.
  enum Purpose: UInt64 { case split = 1, fitting, sampling, evaluation, balancing, trial }

  /// Fits `synthesizer` to a table and keeps the model with its provenance.
  ///
  /// - Returns: The file, and why training ended early when it diverged; the file then holds the best model so far.
  /// - Throws: What the synthesizer throws; `TrainingDiverged` when there was no good model yet.
  public static func fit(
    _ synthesizer: any Synthesizer, to data: InputTable, target: String? = nil, seed: UInt64,
    observer: any TrainingObserver
  ) throws -> (file: ModelFile, divergence: TrainingDiverged?) {
    let fitting = try Fitting(
      conditioned(synthesizer, on: target), to: data, target: target, seed: seed,
      training: RecordingObserver(observer))
    return (fitting.file, fitting.divergence)
  }
}

/// A model just fitted, and how its training went.
struct Fitting {
  let model: any FittedSynthesizer
  let file: ModelFile
  let reports: [EpochReport]
  let divergence: TrainingDiverged?

  /// - Parameter training: Listens, records the epochs, and knows the checkpoints.
  init(
    _ synthesizer: any Synthesizer, to data: InputTable, target: String?, seed: UInt64, training: RecordingObserver
  ) throws {
    var random = RandomSource(seed: seed).stream(for: ModelFile.Purpose.fitting.rawValue)
    do {
      model = try synthesizer.fitted(to: data.table, using: &random, observer: training)
      divergence = nil
    } catch let error as TrainingDiverged {
      guard let kept = error.lastGoodModel else { throw error }
      (model, divergence) = (kept, error)
    } catch let error as SynthesisError where error.reason == .invalid {
      throw ExperimentError(error.description, at: Place(data.path))
    }
    reports = training.reports
    file = try ModelFile(
      model, of: synthesizer,
      provenance: Provenance(
        dataSHA256: data.sha256, rows: data.table.rowCount, seed: seed, target: target,
        epochsCompleted: divergence.map { $0.epoch - 1 } ?? training.interruptedAfter))
  }

  /// A model that was fitted before.
  init(
    _ file: ModelFile, of synthesizer: any Synthesizer, reports: [EpochReport], encoders: EncoderRegistry
  ) throws {
    var archive = file.archive
    archive.encoders = encoders
    func open<S: Synthesizer>(_ synthesizer: S) throws -> any FittedSynthesizer { try S.Fitted(from: archive) }
    model = try open(synthesizer)
    self.file = file
    self.reports = reports
    divergence = nil
  }
}

extension TargetConditioned {
  /// With the target as its label, where none is named.
  fileprivate func conditioned(on target: String) -> Self {
    var conditioned = self
    if conditionColumn.isEmpty { conditioned.conditionColumn = target }
    return conditioned
  }
}

/// The synthesizer with the target as its label, where it takes one and none is named.
func conditioned(_ synthesizer: any Synthesizer, on target: String?) -> any Synthesizer {
  guard let target, let labelled = synthesizer as? any TargetConditioned else { return synthesizer }
  return labelled.conditioned(on: target)
}
