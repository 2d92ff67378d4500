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
  ///   - seed: decides every random number.
  ///   - observer: told where the trial stands.
  package func report(
    on data: InputTable, test: Table?, methods: [Method], seed: UInt64, observer: any TrainingObserver
  ) throws -> BalanceReport {
    var random = RandomSource(seed: seed).stream(for: ModelFile.Purpose.trial.rawValue)
    do {
      return try report(
        on: data.table, test: test, methods: methods, using: &random, progress: { observer.report($0) })
    } catch let error as TableError where error.file == nil {
      throw ExperimentError(error.message, at: Place(data.path))
    } catch let error as ClassifierError {
      throw ExperimentError("\(error)", at: Place(data.path))
    }
  }
}

extension BalancingMethod {
  /// The method as a trial takes it. Models train without being watched, since several do so at once.
  package func tried(as name: String, on request: BalanceRequest) -> BalanceTrial.Method {
    BalanceTrial.Method(name: name) { table, random in
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
