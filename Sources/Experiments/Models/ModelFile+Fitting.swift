import MynahRandomness
import MynahSynthesizers

extension ModelFile {
  /// What a seed is used for; each purpose has random numbers of its own, so that one does not shift another's.
  enum Purpose: UInt64 { case split = 1, fitting, sampling, evaluation }

  /// Fits `synthesizer` to a table and keeps the model with its provenance.
  ///
  /// - Throws: What the synthesizer throws.
  public init(
    fitting synthesizer: any Synthesizer, to data: InputTable, target: String? = nil, seed: UInt64,
    observer: any TrainingObserver
  ) throws {
    let recorder = RecordingObserver(observer)
    let model = try synthesizer.fitted(to: data, seed: seed, observer: recorder)
    let completed = recorder.interruptedAfter
    try self.init(
      model, of: synthesizer,
      provenance: Provenance(
        dataSHA256: data.sha256, rows: data.table.rowCount, seed: seed, target: target, epochsCompleted: completed))
  }
}

extension Synthesizer {
  func fitted(to data: InputTable, seed: UInt64, observer: any TrainingObserver) throws -> any FittedSynthesizer {
    var random = RandomSource(seed: seed).stream(for: ModelFile.Purpose.fitting.rawValue)
    do {
      return try fitted(to: data.table, using: &random, observer: observer)
    } catch let error as SynthesisError where error.reason == .invalid {
      throw ExperimentError(error.description, at: Place(data.path))
    }
  }
}
