import Foundation
import MynahDatasets
import MynahEvaluation
import MynahParallelism
import MynahRandomness
import MynahSynthesizers
import MynahTables

/// Runs an experiment: reads the table, fits each generator, samples, evaluates, balances classes and tries whether it helps,
/// and leaves a run folder.
///
/// The folder holds `configuration.yaml` (every default filled in), `manifest.json`, `metrics.json` and, for each
/// generator, `training.jsonl`, `model.safetensors`, `synthetic.csv`, `card.json` and `report.html`; with several generators
/// these stand in sub-folders by the generators' names, and a `report.html` beside them compares them. Rows that a gate stops
/// are in `withheld.csv` instead, what stops them in `gate-METRIC.csv`. What is balanced leaves `balance.json`, `balance.md`,
/// `report.html` and a `balanced.csv` by method, in the folder `balance` where there are generators too. A run that fails
/// leaves no folder; one that is cut short after a checkpoint leaves what it takes to resume it.
public struct ExperimentRunner {
  public var configuration: ExperimentConfiguration
  public var observer: any TrainingObserver
  /// Whether to continue from what an earlier run has left, and to begin at the beginning where there is nothing. The
  /// results are the same bytes as those of a run that was never interrupted.
  public var resumes = false
  /// The least time between two checkpoints. They take 2 % of the time at most; with an interval of zero there is one
  /// after every step, whatever it takes.
  public var checkpointInterval: Duration = .seconds(10)
  /// Told what a user should know, in one line each.
  public var notice: (String) -> Void = { _ in }

  public init(_ configuration: ExperimentConfiguration, observer: any TrainingObserver = SilentObserver()) {
    self.configuration = configuration
    self.observer = observer
  }

  /// - Throws: `ExperimentError`, `TableError`, `SynthesisError` or `TrainingDiverged`; nothing is left behind.
  ///   `RunCutShort` when there is something to resume from.
  @discardableResult public func run() throws -> RunSummary {
    let began = Date()
    let folder = try RunFolder(path: configuration.output ?? "runs/\(configuration.name)", keepsWork: resumes)
    if folder.replacesInterrupted {
      notice(
        "\(folder.path): the run there was interrupted; beginning anew. Ending this one before it trains, and adding "
          + "--resume, continues the other")
    }
    var isTraining = false
    do {
      let data = try ExperimentData(configuration, observer: observer)
      let (review, reviewFile) = try review(of: data)
      let inputs = try data.files() + reviewFile
      if resumes, !folder.holdsWork, let summary = CompleteRun(folder.path)?.summary(of: configuration, inputs: inputs)
      {
        folder.discard()
        notice("\(folder.path): the run is complete; there is nothing to resume")
        return summary
      }
      let earlier = try earlierWork(on: data, in: folder)
      try folder.write(try configuration.yaml().utf8, to: "configuration.yaml")
      isTraining = true
      let (metrics, seconds) = try metrics(on: data, in: folder, continuing: earlier, honouring: review)
      let balance = metrics.isInterrupted ? nil : try balance(data, in: folder)
      let manifest = Manifest(
        experiment: configuration.name, seed: configuration.seed, threads: threadCount, inputs: inputs,
        outputs: try folder.contents(), machine: .current, started: began.ISO8601Format(),
        seconds: Date().timeIntervalSince(began), interrupted: metrics.isInterrupted)
      try folder.write(try manifest.json(), to: "manifest.json")
      // Who began anew by mistake and notices it presses Ctrl-C: the run that was put aside stays for --resume.
      try folder.commit(keepingAside: metrics.isInterrupted && !resumes)
      return RunSummary(folder: folder.path, metrics: metrics, secondsToFit: seconds, balance: balance)
    } catch {
      folder.discard()
      throw isTraining && folder.holdsWork ? RunCutShort(cause: error) : error
    }
  }

  /// The decisions of an earlier review, and its file.
  private func review(of data: ExperimentData) throws -> (Review?, [Manifest.File]) {
    guard let path = configuration.release.review else { return (nil, []) }
    let found = try DatasetLocator.resolve(path, relativeTo: configuration.file.map(ExperimentData.folder))
    let review = try Review(path: found)
    try review.check(against: data.train, at: Place(found))
    return (review, [try Manifest.File(path: found, name: (found as NSString).lastPathComponent)])
  }

  /// Nil where the experiment has no such section.
  private func balance(_ data: ExperimentData, in folder: RunFolder) throws -> BalanceResult? {
    guard let balance = configuration.balance, let target = configuration.dataset.target else { return nil }
    return try BalanceRun(
      configuration: configuration, balance: balance, target: target, data: data, folder: folder, observer: observer
    ).result()
  }

  /// A generator's sub-folder, with a slash; empty when there is but one.
  private func prefix(_ generator: GeneratorConfiguration) -> String {
    configuration.generators.count == 1 ? "" : generator.name + "/"
  }

  /// What there is to continue from, by sub-folder. The folder is cleared of everything else.
  private func earlierWork(on data: ExperimentData, in folder: RunFolder) throws -> [String: EarlierWork] {
    var earlier: [String: EarlierWork] = [:]
    if resumes {
      let trainings = try configuration.generators.map {
        (prefix($0), try TrainingIdentity($0.synthesizer, data: data.train, seed: configuration.seed))
      }
      earlier = try EarlierWork.find(
        in: [folder.staging, folder.aside, folder.path], of: Dictionary(uniqueKeysWithValues: trainings),
        dataset: try Setting(yaml: try configuration.yaml(), file: "")["dataset"], owner: folder.path)
    }
    let names = EarlierWork.files + [EarlierWork.log]
    let kept = earlier.keys.flatMap { prefix in names.map { prefix + $0 } }
    folder.clear(except: Set(kept + (earlier.isEmpty ? [] : ["configuration.yaml"])))
    return earlier
  }

  private func metrics(
    on data: ExperimentData, in folder: RunFolder, continuing earlier: [String: EarlierWork], honouring review: Review?
  ) throws -> (RunMetrics, [String: Double]) {
    var results: [GeneratorResult] = []
    var seconds: [String: Double] = [:]
    var failures: [GeneratorFailure] = []
    let yardsticks = SharedYardsticks {
      try Yardsticks(
        of: data.real, by: configuration.metrics, using: configuration.evaluationRandom,
        willScore: { observer.stageBegan("evaluating yardsticks: \($0)") })
    }
    for generator in configuration.generators {
      let prefix = prefix(generator)
      if !prefix.isEmpty { observer.stageBegan(generator.name) }
      let run = GeneratorRun(
        configuration: configuration, generator: generator, data: data, folder: folder, prefix: prefix,
        observer: observer, checkpointInterval: checkpointInterval, review: review, yardsticks: yardsticks)
      let (result, took): (GeneratorResult, Double)
      do {
        (result, took) = try run.result(continuing: earlier[prefix])
      } catch  where configuration.generators.count > 1 && (error is TrainingDiverged || error is SynthesisError) {
        // One that diverges before it was any good, or cannot meet the conditions, does not take the others with it.
        failures.append(GeneratorFailure(name: generator.name, kind: generator.kind, reason: "\(error)"))
        folder.remove(prefix + EarlierWork.checkpoint)
        if failures.count == configuration.generators.count { throw error }
        continue
      }
      seconds[generator.name] = took
      results.append(result)
      // Whoever ended the training of one generator does not wait for the others.
      if result.epochsCompleted != nil, result.failure == nil { break }
    }
    let metrics = RunMetrics(
      experiment: configuration.name, seed: configuration.seed, generators: results,
      failures: failures.isEmpty ? nil : failures)
    // A training that diverged would do so again.
    for generator in configuration.generators where !metrics.canBeResumed {
      folder.remove(prefix(generator) + EarlierWork.checkpoint)
    }
    if !configuration.generators.isEmpty { try folder.write(try metrics.json(), to: "metrics.json") }
    if configuration.generators.count > 1 {
      let comparison = RunComparison(configuration: configuration, data: data, metrics: metrics, seconds: seconds)
      try folder.write(comparison.html().utf8, to: "report.html")
    }
    return (metrics, seconds)
  }
}
