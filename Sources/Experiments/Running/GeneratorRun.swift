import MynahEvaluation
import MynahSynthesizers
import MynahTables

/// One generator of a run: fitted, sampled and evaluated.
struct GeneratorRun {
  var configuration: ExperimentConfiguration
  var generator: GeneratorConfiguration
  var data: ExperimentData
  var folder: RunFolder
  /// The sub-folder, with a slash.
  var prefix: String
  var observer: any TrainingObserver
  var checkpointInterval: Duration
  var review: Review?
  var yardsticks: SharedYardsticks

  /// - Returns: What came out, and the seconds that fitting took, over all runs.
  func result(continuing earlier: EarlierWork?) throws -> (result: GeneratorResult, seconds: Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let fitting = try fitting(continuing: earlier)
    let before = earlier.map { $0.reports.reduce(0) { $0 + $1.seconds } } ?? 0
    let seconds = before + (clock.now - start) / .seconds(1)

    observer.stageBegan("sampling")
    let rows = configuration.sample.rows ?? data.train.table.rowCount
    let sampler = try RowSampler(fitting.model, conditions: configuration.sample.conditions, seed: configuration.seed)
    let path = try folder.place(for: prefix + Release.released)
    let rejected = try ReviewedSampler(sampler: sampler, review: review).write(rows, to: path)

    observer.stageBegan("evaluating")
    // What is judged is the file, with its values as they are written.
    let synthetic = try TableInput(path: path, delimiter: ",", missing: configuration.dataset.missing)
      .load(matching: data.train.table)
    let hash = try sha256(ofFile: path)
    let random = configuration.evaluationRandom
    let (evaluation, exhibits) = try TableEvaluation.exhibiting(
      synthetic, against: data.real, metrics: configuration.metrics, yardsticks: try yardsticks.value(), using: random,
      willScore: { observer.stageBegan("evaluating: \($0)") })
    let release = Release(configuration: configuration, review: review, folder: folder, prefix: prefix)
    let gates = try release.outcomes(evaluation, of: synthetic, against: data.real, using: random)

    let completed = fitting.file.provenance.epochsCompleted
    let summary = TrainingSummary(
      fitting.reports, of: generator.synthesizer, wasInterrupted: completed != nil,
      diverged: fitting.divergence != nil)
    let card = try Card(
      configuration, data: data, model: fitting.file,
      table: Card.File(synthetic, name: try release.settle(gates), sha256: hash), scores: evaluation.allScores,
      gates: gates, rejectedRows: rejected, epochs: summary?.epochs)
    try folder.write(try card.json(), to: prefix + Release.card)
    let report = RunReport(
      title: configuration.name, generator: generator, data: data, file: fitting.file, evaluation: evaluation,
      exhibits: exhibits, metrics: configuration.metrics, synthetic: synthetic, card: card,
      showsRealRows: configuration.release.showsRealRows, training: fitting.reports, summary: summary,
      secondsToFit: seconds)
    try folder.write(report.html().utf8, to: prefix + "report.html")
    let result = GeneratorResult(
      name: generator.name, kind: generator.kind, epochsCompleted: completed,
      failure: fitting.divergence?.description, training: summary, evaluation: evaluation,
      gates: gates.isEmpty ? nil : gates)
    return (result, seconds)
  }

  /// Fits the model, or takes the one that was fitted before, and writes it with its log.
  private func fitting(continuing earlier: EarlierWork?) throws -> Fitting {
    let log = try TrainingLog(path: try folder.place(for: prefix + EarlierWork.log), continuing: earlier?.lines ?? [])
    if case .finished(let file) = earlier?.progress {
      let fitting = try Fitting(
        file, of: generator.synthesizer, reports: earlier?.reports ?? [], encoders: configuration.registry.encoders)
      try log.synchronize()
      try keep(fitting.file)
      return fitting
    }
    let checkpoints = try checkpoints(continuing: earlier, after: log)
    let training = RecordingObserver(
      observer, checkpoints: checkpoints, log: log, continuing: earlier?.reports ?? [])
    do {
      let fitting = try Fitting(
        generator.synthesizer, to: data.train, target: configuration.dataset.target, seed: configuration.seed,
        training: training)
      try log.synchronize()
      try keep(fitting.file)
      return fitting
    } catch let error as TrainingDiverged {
      // It would diverge again.
      folder.remove(prefix + EarlierWork.checkpoint)
      throw error
    }
  }

  private func checkpoints(continuing earlier: EarlierWork?, after log: TrainingLog) throws -> FileCheckpoints {
    var archive: ModelArchive?
    if case .checkpoint(let kept) = earlier?.progress {
      archive = kept
      observer.stageBegan("continuing after epoch \(earlier?.reports.count ?? 0)")
    }
    return FileCheckpoints(
      path: folder.staging + "/" + prefix + EarlierWork.checkpoint,
      of: try TrainingIdentity(generator.synthesizer, data: data.train, seed: configuration.seed), from: archive,
      interval: checkpointInterval,
      willSave: { [staging = folder.staging] in
        try log.synchronize()
        // From here on the folder stays when the program is ended.
        TemporaryPaths.remove(staging)
      })
  }

  /// A whole training's model takes the place of its checkpoint.
  private func keep(_ file: ModelFile) throws {
    try folder.write(try file.encoded(), to: prefix + EarlierWork.model)
    if file.provenance.epochsCompleted == nil { folder.remove(prefix + EarlierWork.checkpoint) }
  }
}
