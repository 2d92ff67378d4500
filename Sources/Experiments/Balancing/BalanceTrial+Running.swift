import MynahClassifiers
import MynahEvaluation
import MynahOversamplers
import MynahRandomness
import MynahSynthesizers
import MynahTables

extension BalanceTrial {
  /// Runs the trial on a table that was read from a file, which errors name.
  ///
  /// - Parameters:
  ///   - request: what methods are asked for; random copies, the baseline, are asked for the same.
  ///   - seed: decides every random number.
  ///   - observer: told where the trial stands.
  package func report(
    on data: InputTable, test: Table?, methods: [Method], request: BalanceRequest, seed: UInt64,
    observer: any TrainingObserver
  ) throws -> BalanceReport {
    let random = BalancingMethod.resampler(RandomOversampler())
    // Of undersamplers' ratios and counts no copies can be made; the baseline then balances fully.
    let canBeCopied =
      (try? SamplingPlan.additions(to: TargetClasses(data.table, target: target), request.strategy)) != nil
    let methods =
      methods.contains { $0.name == random.kind } || !canBeCopied
      ? methods : [random.tried(as: random.kind, on: request, isBaseline: true)] + methods
    var source = RandomSource(seed: seed).stream(for: ModelFile.Purpose.trial.rawValue)
    return try naming(data) {
      try report(on: data.table, test: test, methods: methods, using: &source, progress: { observer.report($0) })
    }
  }

  /// Whether the trial can be made at all: for those who do not want to hear it after a model has been trained.
  package func check(on data: InputTable, test: Table?) throws {
    try naming(data) { try check(table: data.table, test: test) }
  }

  private func naming<Result>(_ data: InputTable, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TableError where error.file == nil {
      throw ExperimentError(error.message, at: Place(data.path))
    } catch let error as ClassifierError {
      throw ExperimentError("\(error)", at: Place(data.path))
    }
  }
}

extension BalancingMethod {
  /// The method as a trial takes it. Models train without being watched, since several do so at once.
  package func tried(
    as name: String, on request: BalanceRequest, isBaseline: Bool = false
  ) -> BalanceTrial.Method {
    BalanceTrial.Method(name: name, isBaseline: isBaseline) { table, random in
      let made = try resampled(table, request, using: &random).resampled
      return (try made.table(), made.realCount)
    }
  }
}

extension TrainingObserver {
  /// Says where a trial stands, twenty times in all.
  fileprivate func report(_ progress: BalanceTrial.Progress) {
    guard progress.isFinished, progress.total > 0 else { return }
    let (now, before) = (progress.completed * 20 / progress.total, (progress.completed - 1) * 20 / progress.total)
    if now > before { stageBegan("trial: \(progress.completed) of \(progress.total) pieces are done") }
  }
}
