import MynahRandomness
import MynahSynthesizers
import MynahTables

/// Holds a synthesizer to everything that `Synthesizer` and `FittedSynthesizer` promise, on small tables of every make-up.
///
/// ```swift
/// @Test func conforms() { #expect(checkSynthesizer(MyModel(epochs: 2), impossible: [MyModel(epochs: 0)]) == []) }
/// ```
///
/// - the same seed gives the same rows, with one thread and with two; another seed gives others;
/// - an archive gives back the same model, and one that lacks a part, or has a part of another shape, is refused;
/// - rows are as many as asked for, have the schema, and hold nothing that the table's columns cannot;
/// - identifiers are new, and do not repeat when a long table is sampled in pieces;
/// - conditions on columns of every kind, and on several, are met by every row, or refused;
/// - tables of one row, one column, one value or no value are learned or refused;
/// - a model that reports epochs reports them in order, and stops when it is asked to;
/// - hyperparameters that are said to be impossible are refused by name.
///
/// - Parameters:
///   - synthesizer: so small that it trains in a moment; with at least two epochs, if it has any.
///   - impossible: with hyperparameters that `validate` must refuse.
///   - table: what most checks are made on.
/// - Returns: the broken promises; none for a synthesizer that conforms.
public func checkSynthesizer<S: Synthesizer>(
  _ synthesizer: S, impossible: [S] = [], on table: Table? = nil
) -> [ConformanceFailure] {
  do {
    let check = SynthesizerCheck(synthesizer, on: try table ?? ConformanceTables.mixed())
    try check.hyperparameters(impossible)
    guard let model = check.attempt("the table is learned", { try check.fitted() }) else { return check.failures }
    try check.rows(model)
    try check.repetition(model)
    try check.pieces(model)
    try check.conditions(model)
    try check.archive(model)
    try check.training()
    try check.edges()
    return check.failures
  } catch {
    return [ConformanceFailure("nothing unforeseen is thrown", seen: "\(error)")]
  }
}

/// The state of a check: what was found so far.
final class SynthesizerCheck<S: Synthesizer> {
  let synthesizer: S
  let table: Table
  private(set) var failures: [ConformanceFailure] = []

  init(_ synthesizer: S, on table: Table) {
    self.synthesizer = synthesizer
    self.table = table
  }

  func expect(_ holds: Bool, _ promise: String, seen: String = "") {
    if !holds { failures.append(ConformanceFailure(promise, seen: seen)) }
  }

  /// What `body` returns; a failure when it throws.
  func attempt<Result>(_ promise: String, _ body: () throws -> Result) -> Result? {
    do {
      return try body()
    } catch {
      failures.append(ConformanceFailure(promise, seen: "\(error)"))
      return nil
    }
  }

  /// A failure unless `body` throws a `SynthesisError` of one line.
  func expectRefusal(_ promise: String, _ body: () throws -> Void) {
    do {
      try body()
      failures.append(ConformanceFailure(promise, seen: "no error"))
    } catch let error as SynthesisError {
      let isLine = !error.description.isEmpty && !error.description.contains("\n")
      expect(isLine, promise, seen: "an error that is not one line: \(error)")
    } catch {
      failures.append(ConformanceFailure(promise, seen: "\(type(of: error)): \(error)"))
    }
  }

  func fitted(
    seed: UInt64 = 1, to other: Table? = nil, observer: any TrainingObserver = SilentObserver()
  ) throws -> S.Fitted {
    var random = RandomSource(seed: seed)
    return try synthesizer.fitted(to: other ?? table, using: &random, observer: observer)
  }

  func sample(
    _ model: S.Fitted, _ count: Int, _ conditions: [Condition] = [], firstRow: Int = 0, patience: Int = 200_000,
    seed: UInt64 = 5
  ) throws -> Table {
    var random = RandomSource(seed: seed)
    let request = SamplingRequest(count, given: conditions, firstRow: firstRow, patience: patience)
    return try model.sample(request, using: &random)
  }
}
