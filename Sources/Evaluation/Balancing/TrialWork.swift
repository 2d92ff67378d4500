import MynahClassifiers
import MynahParallelism
import MynahRandomness
import MynahTables
import Synchronization

/// All pieces of a trial: every arm in every fold, and a look at the privacy of every arm that makes rows. They run at the
/// same time on all threads; a piece holds its resampled table only while it runs.
struct TrialWork {
  enum Piece {
    case fold(Int)
    case privacy
  }

  /// What became of an arm.
  struct ArmResult {
    var folds: [Result<FoldOutcome, Failure>]
    var privacy: Result<BalancePrivacy, Failure>?
  }

  /// Why a piece of work failed, in one line.
  struct Failure: Error, Equatable {
    let reason: String

    init(_ error: any Error) {
      reason = "\(error)".split(separator: "\n").joined(separator: " ")
    }
  }

  let trial: BalanceTrial
  let plan: TrialPlan
  let arms: [TrialArm]
  private let progress: ProgressCounter
  private let pieces: [(arm: Int, piece: Piece)]

  init(
    trial: BalanceTrial, plan: TrialPlan, arms: [TrialArm], report: (@Sendable (BalanceTrial.Progress) -> Void)?
  ) {
    self.trial = trial
    self.plan = plan
    self.arms = arms
    var pieces: [(arm: Int, piece: Piece)] = []
    for fold in 0..<plan.foldCount { pieces += arms.indices.map { ($0, .fold(fold)) } }
    if trial.measuresPrivacy { pieces += arms.indices.filter { arms[$0].resamples }.map { ($0, .privacy) } }
    self.pieces = pieces
    progress = ProgressCounter(total: pieces.count, report: report)
  }

  /// By arm.
  func run() -> [ArmResult] {
    let ended = parallelMap(pieces.count) { index in
      let (arm, piece) = pieces[index]
      progress.began(arms[arm].name, piece)
      defer { progress.ended(arms[arm].name, piece) }
      return run(arms[arm], piece)
    }
    var results = arms.map { _ in ArmResult(folds: [], privacy: nil) }
    for ((arm, _), result) in zip(pieces, ended) {
      switch result {
      case .fold(let outcome): results[arm].folds.append(outcome)
      case .privacy(let outcome): results[arm].privacy = outcome
      }
    }
    return results
  }

  private enum Ended {
    case fold(Result<FoldOutcome, Failure>)
    case privacy(Result<BalancePrivacy, Failure>)
  }

  private func run(_ arm: TrialArm, _ piece: Piece) -> Ended {
    switch piece {
    case .fold(let number):
      .fold(attempt { try FoldTrial(trial: trial, plan: plan, number: number).outcome(of: arm) })
    case .privacy:
      .privacy(
        attempt {
          var random = plan.random.stream(for: "privacy of \(arm.name)")
          let (table, realCount) = try arm.prepared(plan.table, target: trial.target, using: &random)
          return try BalancePrivacy(
            method: arm.name, real: plan.table, resampled: table, realCount: realCount, target: trial.target,
            positive: plan.positiveName, using: &random)
        })
    }
  }

  private func attempt<Value>(_ body: () throws -> Value) -> Result<Value, Failure> {
    do { return .success(try body()) } catch { return .failure(Failure(error)) }
  }
}

/// Counts pieces of work that ended, and tells of them.
private final class ProgressCounter: Sendable {
  private let completed = Mutex(0)
  private let total: Int
  private let report: (@Sendable (BalanceTrial.Progress) -> Void)?

  init(total: Int, report: (@Sendable (BalanceTrial.Progress) -> Void)?) {
    self.total = total
    self.report = report
  }

  func began(_ arm: String, _ piece: TrialWork.Piece) {
    report?(progress(arm, piece, isFinished: false, completed: completed.withLock { $0 }))
  }

  func ended(_ arm: String, _ piece: TrialWork.Piece) {
    let count = completed.withLock { count in
      count += 1
      return count
    }
    report?(progress(arm, piece, isFinished: true, completed: count))
  }

  private func progress(_ arm: String, _ piece: TrialWork.Piece, isFinished: Bool, completed: Int)
    -> BalanceTrial.Progress
  {
    var fold: Int?
    if case .fold(let number) = piece { fold = number + 1 }
    return BalanceTrial.Progress(arm: arm, fold: fold, isFinished: isFinished, completed: completed, total: total)
  }
}
