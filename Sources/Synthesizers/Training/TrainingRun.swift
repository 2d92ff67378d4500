import MynahTensors

/// One pass through `TrainingLoop`: what changes while it runs.
struct TrainingRun<Task: TrainingTask> {
  private let loop: TrainingLoop
  private let watch: QualityWatch?
  private(set) var task: Task
  private var progress = LoopProgress()
  /// The parameters that the model would have if training ended now: the best scored, or before the first score the last.
  private var kept: [String: Tensor]?

  /// Scores in a row that look like a collapse before it is one: adversarial networks recover from a bad moment.
  private static var collapsePatience: Int { 3 }

  /// What the last score looked like a collapse by; nil when it did not.
  private var collapse: TrainingDiverged.Cause?

  /// Why training ends before its last epoch.
  private enum Ending { case asked, time, patience }

  init(loop: TrainingLoop, task: Task, watch: QualityWatch?) {
    self.loop = loop
    self.task = task
    self.watch = watch
  }

  mutating func toTheEnd() throws -> Task.Model {
    try resume()
    loop.observer.stageBegan("training")
    while progress.epoch <= loop.epochs { if try epoch() != nil { break } }
    // Rows that were good at no time are not handed out as if they were. A single score says little: it may be of a network
    // that has hardly begun.
    if let collapse, progress.bestScore == nil, progress.collapses > 1 { throw diverged(collapse) }
    return try task.model(keeping: kept ?? task.modelValues)
  }

  private mutating func resume() throws {
    guard let archive = try loop.observer.checkpoints?.load() else { return }
    let restored = try LoopProgress.restored(from: archive)
    try task.restore(restored.state)
    (progress, kept) = (restored.progress, restored.kept)
  }

  /// The rest of an epoch. Returns why it is the last one, if it is.
  private mutating func epoch() throws -> Ending? {
    let before = progress
    let start = ContinuousClock.now
    func clock(_ progress: inout LoopProgress) {
      let elapsed = (ContinuousClock.now - start) / .seconds(1)
      progress.seconds = before.seconds + elapsed
      progress.epochSeconds = before.epochSeconds + elapsed
    }
    task.epochBegan(progress.epoch)
    var ending: Ending?
    while progress.steps < task.stepsPerEpoch, ending == nil {
      try step()
      clock(&progress)
      ending = endingNow()
      if ending == .asked || loop.observer.checkpoints?.isDue == true { try save() }
    }
    let isWhole = progress.steps == task.stepsPerEpoch
    // The last update of an epoch can break parameters though its loss was finite: what is kept must be fit for use.
    let values = task.modelValues
    guard values.values.allSatisfy(\.isFinite) else { throw diverged(.notFinite("size of the parameters")) }
    let quality = try judge(values, isLast: ending != nil || progress.epoch == loop.epochs, isWhole: isWhole)
    clock(&progress)
    let decision = loop.observer.epochEnded(report(quality))
    if ending == nil, loop.patience > 0, progress.scoresSinceBest >= loop.patience { ending = .patience }
    if isWhole { progress.beginNextEpoch() }
    if ending == nil, decision == .stop || loop.observer.shouldStop {
      ending = .asked
      try save()
    }
    return ending
  }

  private mutating func step() throws {
    let done = Double(progress.epoch - 1) + Double(progress.steps) / Double(task.stepsPerEpoch)
    let place = TrainingPlace(
      epoch: progress.epoch, step: progress.steps + 1, progress: done / Double(loop.epochs))
    let report = task.step(at: place)
    progress.add(report)
    if let loss = report.losses.filter({ !$0.value.isFinite }).keys.min() { throw diverged(.notFinite("\(loss) loss")) }
    if let cause = progress.gradients.observe(report.gradientNorms) { throw diverged(cause) }
  }

  private func endingNow() -> Ending? {
    if loop.observer.shouldStop { return .asked }
    if let limit = loop.maxSeconds, progress.seconds >= limit { return .time }
    return nil
  }

  /// Scores the parameters when it is time to, and keeps them if they are better.
  private mutating func judge(
    _ values: [String: Tensor], isLast: Bool, isWhole: Bool
  ) throws -> TrainingQuality? {
    guard let watch, isLast || (isWhole && progress.epoch % loop.evaluateEvery == 0) else {
      if progress.bestScore == nil { kept = values }
      return nil
    }
    let scored: TrainingQuality?
    (scored, collapse) = try watch.score(try task.model(keeping: values))
    progress.collapses = collapse == nil ? 0 : progress.collapses + 1
    if progress.bestScore == nil, kept == nil || collapse == nil || scored == nil { kept = values }
    if let collapse, progress.collapses >= Self.collapsePatience { throw diverged(collapse) }
    guard var quality = scored else { return nil }
    guard collapse == nil else {
      progress.scoresSinceBest += 1
      return quality
    }
    quality.isBest = progress.bestScore.map { quality.score > $0 } ?? true
    if quality.isBest {
      (kept, progress.bestScore, progress.scoresSinceBest) = (values, quality.score, 0)
    } else {
      progress.scoresSinceBest += 1
    }
    return quality
  }

  private func report(_ quality: TrainingQuality?) -> EpochReport {
    let steps = Double(max(1, progress.steps))
    return EpochReport(
      epoch: progress.epoch, epochs: loop.epochs, seconds: progress.epochSeconds,
      rowsPerSecond: steps * Double(task.rowsPerStep) / max(progress.epochSeconds, 1e-9),
      losses: progress.losses.mapValues { $0 / steps }, gradientNorms: progress.norms.mapValues { $0 / steps },
      quality: quality)
  }

  private func save() throws {
    guard let checkpoints = loop.observer.checkpoints else { return }
    try checkpoints.save(try progress.checkpoint(of: task.state, kept: kept))
  }

  private func diverged(_ cause: TrainingDiverged.Cause) -> any Error {
    do {
      return TrainingDiverged(
        epoch: progress.epoch, step: progress.steps, cause: cause,
        lastGoodModel: try kept.map { try task.model(keeping: $0) })
    } catch { return error }
  }
}
