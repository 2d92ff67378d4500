import MynahParallelism
import MynahRandomness
import MynahTables
import MynahTensors

/// Trains until the rows are good: epochs, scores against held-out rows, patience, a limit of time, checkpoints, and an
/// end with the best model so far when training goes wrong.
///
/// ```swift
/// var task = MyTask(…)                     // networks, optimisers, data: a `TrainingTask`
/// let model = try TrainingLoop(self, heldOut: data.heldOut, observer: observer).train(&task, using: &random)
/// ```
///
/// Every `evaluateEvery` epochs the model as it stands is sampled, always with the same random numbers, and column shapes
/// and pair trends are held against the held-out rows. The parameters with the best mean of both are kept. Without
/// held-out rows the last parameters are.
public struct TrainingLoop {
  public let epochs: Int
  public let evaluateEvery: Int
  public let patience: Int
  /// Nil for no limit.
  public let maxSeconds: Double?
  let heldOut: Table?
  let observer: any TrainingObserver

  public init(_ synthesizer: some IterativeSynthesizer, heldOut: Table?, observer: any TrainingObserver) {
    epochs = synthesizer.epochs
    evaluateEvery = max(1, synthesizer.evaluateEvery)
    patience = synthesizer.patience
    maxSeconds = synthesizer.maxMinutes > 0 ? synthesizer.maxMinutes * 60 : nil
    self.heldOut = heldOut
    self.observer = observer
  }

  /// Trains, from the observer's checkpoint where there is one.
  ///
  /// - Throws: `TrainingDiverged` with the best model so far; what the checkpoint store throws.
  public func train<Task: TrainingTask>(_ task: inout Task, using random: inout RandomSource) throws -> Task.Model {
    let scoring = random.split()
    guard task.stepsPerEpoch > 0 else { return try task.model(keeping: task.modelValues) }
    var run = TrainingRun(
      loop: self, task: task,
      watch: heldOut.map {
        QualityWatch(heldOut: $0, random: scoring, watchesLevels: task.drawsLevels)
      })
    defer { task = run.task }
    return try flushingDenormals { try run.toTheEnd() }
  }
}
