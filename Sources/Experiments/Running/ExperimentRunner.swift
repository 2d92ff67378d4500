import Foundation
import MynahDatasets
import MynahEvaluation
import MynahParallelism
import MynahRandomness
import MynahSynthesizers
import MynahTables

/// Runs an experiment: reads the table, fits each generator, samples, evaluates, and leaves a run folder.
///
/// The folder holds `configuration.yaml` (every default filled in), `manifest.json`, `metrics.json` and, for each
/// generator, `training.jsonl`, `model.safetensors`, `synthetic.csv` and `report.html`; with several generators these
/// stand in sub-folders by the generators' names. A run that fails leaves no folder.
public struct ExperimentRunner {
  public var configuration: ExperimentConfiguration
  public var observer: any TrainingObserver

  public init(_ configuration: ExperimentConfiguration, observer: any TrainingObserver = SilentObserver()) {
    self.configuration = configuration
    self.observer = observer
  }

  /// - Throws: `ExperimentError`, `TableError` or `SynthesisError`; nothing is left behind.
  public func run() throws -> RunSummary {
    let began = Date()
    let folder = try RunFolder(path: configuration.output ?? "runs/\(configuration.name)")
    do {
      let summary = try run(in: folder, began: began)
      try folder.commit()
      return summary
    } catch {
      folder.discard()
      throw error
    }
  }

  private func run(in folder: RunFolder, began: Date) throws -> RunSummary {
    let data = try ExperimentData(configuration, observer: observer)
    var results: [GeneratorResult] = []
    for generator in configuration.generators {
      let prefix = configuration.generators.count == 1 ? "" : generator.name + "/"
      if !prefix.isEmpty { observer.stageBegan(generator.name) }
      results.append(try run(generator, on: data, in: folder, prefix: prefix))
      // Whoever ended the training of one generator does not wait for the others.
      if results.last?.epochsCompleted != nil { break }
    }
    let metrics = RunMetrics(experiment: configuration.name, seed: configuration.seed, generators: results)
    try folder.write(try metrics.json(), to: "metrics.json")
    try folder.write(try configuration.yaml().utf8, to: "configuration.yaml")
    let manifest = Manifest(
      experiment: configuration.name, seed: configuration.seed, threads: threadCount, inputs: try data.files(),
      outputs: try folder.contents(), machine: .current, started: began.ISO8601Format(),
      seconds: Date().timeIntervalSince(began), interrupted: metrics.isInterrupted)
    try folder.write(try manifest.json(), to: "manifest.json")
    return RunSummary(folder: folder.path, metrics: metrics)
  }

  private func run(
    _ generator: GeneratorConfiguration, on data: ExperimentData, in folder: RunFolder, prefix: String
  ) throws -> GeneratorResult {
    let clock = ContinuousClock()
    let start = clock.now
    let fitting = try Fitting(
      generator.synthesizer, to: data.train, target: configuration.dataset.target, seed: configuration.seed,
      observer: observer)
    let seconds = (clock.now - start) / .seconds(1)
    try folder.write(try fitting.file.encoded(), to: prefix + "model.safetensors")
    try folder.write(try fitting.training.lines().utf8, to: prefix + "training.jsonl")

    observer.stageBegan("sampling")
    let rows = configuration.sample.rows ?? data.train.table.rowCount
    let sampler = try RowSampler(fitting.model, conditions: configuration.sample.conditions, seed: configuration.seed)
    let path = folder.staged(prefix + "synthetic.csv")
    try sampler.write(rows, to: path)

    observer.stageBegan("evaluating")
    // What is judged is the file, with its values as they are written.
    let synthetic = try TableInput(path: path, delimiter: ",", missing: configuration.dataset.missing)
      .load(matching: data.train.table)
    let evaluation = try TableEvaluation(
      of: synthetic, against: data.train.table, holdout: data.holdout, metrics: configuration.evaluation)
    let report = RunReport(
      title: configuration.name, generator: generator, data: data, file: fitting.file, evaluation: evaluation,
      synthetic: synthetic, training: fitting.training.reports, secondsToFit: seconds)
    try folder.write(report.html().utf8, to: prefix + "report.html")
    return GeneratorResult(
      name: generator.name, kind: generator.kind, epochsCompleted: fitting.file.provenance.epochsCompleted,
      failure: fitting.divergence?.description, evaluation: evaluation)
  }
}
