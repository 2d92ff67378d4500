import MynahRandomness
import MynahSynthesizers
import MynahTables
import MynahTensors

/// Holds a training to what `TrainingTask` promises: a training that is interrupted and restored from its state goes on to
/// the same bits as if nothing had happened.
///
/// ```swift
/// @Test func conforms() throws {
///   let failures = try checkTrainingTask {
///     var random = RandomSource(seed: 1)
///     return MyTraining(settings, data, using: &random)
///   }
///   #expect(failures == [])
/// }
/// ```
///
/// - Parameter make: a training that has not begun, always the same one. It needs at least one step an epoch.
/// - Returns: The broken promises.
/// - Throws: What `make` throws.
public func checkTrainingTask<Task: TrainingTask>(_ make: () throws -> Task) throws -> [ConformanceFailure] {
  var check = TaskCheck<Task>()
  let steps = try make().stepsPerEpoch
  guard steps > 0 else { return [ConformanceFailure("there is no step to check", of: "\(Task.self)")] }
  check.expect(try make().rowsPerStep > 0, "rowsPerStep is not positive")
  let total = steps + max(2, steps / 2)

  var whole = try make()
  let reports = check.walk(&whole, 0..<total)
  check.expect(
    reports.allSatisfy { !$0.losses.isEmpty && $0.losses.values.allSatisfy(\.isFinite) },
    "a step reports no loss, or one that is not finite")
  var twin = try make()
  check.expect(check.walk(&twin, 0..<total) == reports, "trained again, it reports other losses")
  check.expect(sameBytes(twin.modelValues, whole.modelValues), "trained again, it has other parameters")

  // Once in the middle of an epoch and once, where epochs have several steps, at its end.
  for cut in Set([max(1, steps / 2), steps]).sorted() {
    try check.interruption(after: cut, of: total, reports, whole.modelValues, make)
  }
  try check.model(whole)
  try check.refusal(make)
  return check.failures
}

private struct TaskCheck<Task: TrainingTask> {
  private(set) var failures: [ConformanceFailure] = []

  mutating func expect(_ holds: Bool, _ message: String) {
    if !holds { failures.append(ConformanceFailure(message, of: "\(Task.self)")) }
  }

  /// Takes steps, counted from 0 over all epochs. An epoch that goes on in its middle begins again, as the loop does it.
  func walk(_ task: inout Task, _ range: Range<Int>) -> [StepReport] {
    var reports: [StepReport] = []
    for number in range {
      let (epoch, step) = (number / task.stepsPerEpoch + 1, number % task.stepsPerEpoch + 1)
      if step == 1 || number == range.lowerBound { task.epochBegan(epoch) }
      reports.append(task.step(at: TrainingPlace(epoch: epoch, step: step, progress: Double(number) / 1_000)))
    }
    return reports
  }

  mutating func interruption(
    after cut: Int, of total: Int, _ reports: [StepReport], _ values: [String: Tensor], _ make: () throws -> Task
  ) throws {
    var interrupted = try make()
    _ = walk(&interrupted, 0..<cut)
    let state = interrupted.state
    var resumed = try make()
    do {
      try resumed.restore(state)
    } catch { return expect(false, "its own state is refused: \(error)") }
    expect(
      sameBytes(resumed.state.tensors, state.tensors) && resumed.state.random == state.random,
      "restored after \(cut) steps, its state is another")
    expect(
      walk(&resumed, cut..<total) == Array(reports.dropFirst(cut)),
      "restored after \(cut) steps, it reports other losses")
    expect(sameBytes(resumed.modelValues, values), "restored after \(cut) steps, it ends with other parameters")
  }

  /// A model shares nothing with the networks in training, and is made of the values given.
  mutating func model(_ task: Task) throws {
    var task = task
    let values = task.modelValues
    let model = try task.model(keeping: values)
    func rows() throws -> Table {
      var random = RandomSource(seed: 8)
      return try model.sample(20, given: [], using: &random)
    }
    let before = try rows()
    _ = walk(&task, 0..<2)
    expect(try rows() == before, "a model changes while training goes on")
    var random = RandomSource(seed: 8)
    expect(
      try task.model(keeping: values).sample(20, given: [], using: &random) == before,
      "the same parameters make another model")
  }

  mutating func refusal(_ make: () throws -> Task) throws {
    var task = try make()
    do {
      try task.restore(TrainingState())
      expect(false, "an empty state is restored without an error")
    } catch {}
  }
}
