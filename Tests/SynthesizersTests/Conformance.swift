import MynahRandomness
import MynahSynthesizers
import MynahTables
import Synchronization

/// What every synthesizer promises, whatever its kind. Hold a new one to it by one test:
///
/// ```swift
/// @Test func conforms() throws { #expect(try violations(of: MyModel(), on: Small.table()) == []) }
/// ```
///
/// - Parameters:
///   - synthesizer: with hyperparameters small enough for a test, and at least two epochs.
///   - table: holds a discrete column.
/// - Returns: the broken promises in words.
func violations<S: Synthesizer>(of synthesizer: S, on table: Table) throws -> [String] {
  var broken: [String] = []
  func expect(_ holds: Bool, _ promise: String) { if !holds { broken.append(promise) } }
  func fitted(seed: UInt64, _ observer: any TrainingObserver = SilentObserver()) throws -> S.Fitted {
    var random = RandomSource(seed: seed)
    return try synthesizer.fitted(to: table, using: &random, observer: observer)
  }
  func rows(_ model: S.Fitted, _ count: Int, _ conditions: [Condition] = [], seed: UInt64 = 5) throws -> Table {
    var random = RandomSource(seed: seed)
    return try model.sample(count, given: conditions, using: &random)
  }
  func refuses(_ body: () throws -> Void) -> Bool {
    do { try body() } catch { return error is SynthesisError }
    return false
  }

  try synthesizer.validate()
  expect(S.identifier == S.Fitted.identifier, "model and synthesizer have one identifier")
  let recorder = Recorder()
  let model = try fitted(seed: 1, recorder)
  let epochs = recorder.reports.withLock { $0.map(\.epoch) }
  expect(!epochs.isEmpty && epochs == Array(1...max(1, epochs.count)), "epochs are reported in order from 1")
  expect(recorder.reports.withLock { $0.allSatisfy { !$0.losses.isEmpty } }, "epochs report losses")

  for count in [0, 1, 33] {
    let sample = try rows(model, count)
    expect(sample.rowCount == count && sample.schema == table.schema, "\(count) rows have the table's schema")
  }
  expect(try rows(model, 50) == rows(model, 50), "the same seed gives the same rows")
  expect(try rows(model, 50) != rows(model, 50, seed: 6), "another seed gives other rows")
  expect(try rows(model, 50) == rows(fitted(seed: 1), 50), "the same seed gives the same model")
  expect(try rows(model, 50) != rows(fitted(seed: 2), 50), "another seed gives another model")

  var archive = ModelArchive()
  try model.write(to: &archive)
  expect(try rows(model, 50) == rows(S.Fitted(from: archive), 50), "a model read back makes the same rows")
  for key in archive.metadata.keys {
    var torn = archive
    torn.metadata[key] = nil
    expect(refuses { _ = try S.Fitted(from: torn) }, "an archive without '\(key)' is refused")
  }
  for path in archive.tensors.keys {
    var torn = archive
    torn.tensors[path] = nil
    expect(refuses { _ = try S.Fitted(from: torn) }, "an archive without the tensor '\(path)' is refused")
  }

  for (description, column) in zip(table.schema.columns, table.columns) {
    guard case .categorical(_, let levels, _) = column else { continue }
    for level in levels {
      let asked = try rows(model, 30, [Condition(column: description.name, value: level)])
      guard case .categorical(let codes, let names, _)? = asked[description.name] else { continue }
      expect(
        asked.rowCount == 30 && codes.allSatisfy { names.indices.contains(Int($0)) && names[Int($0)] == level },
        "every row has \(description.name) = \(level)")
    }
    let impossible = Condition(column: description.name, value: "no such level")
    expect(refuses { _ = try rows(model, 1, [impossible]) }, "an unknown level of \(description.name) is refused")
  }
  let unknown = Condition(column: "no such column", value: "x")
  expect(refuses { _ = try rows(model, 1, [unknown]) }, "an unknown column is refused")

  let stopped = Recorder(stopsAfter: 1)
  expect(try rows(fitted(seed: 1, stopped), 10).rowCount == 10, "training that is stopped leaves a usable model")
  expect(stopped.reports.withLock { $0.count } == 1, "training ends when it is asked to")
  return broken
}

private final class Recorder: TrainingObserver {
  let reports = Mutex<[EpochReport]>([])
  private let last: Int
  init(stopsAfter last: Int = .max) { self.last = last }
  func stageBegan(_ name: String) {}
  func epochEnded(_ report: EpochReport) -> TrainingDecision {
    reports.withLock { $0.append(report) }
    return report.epoch >= last ? .stop : .proceed
  }
  var shouldStop: Bool { false }
}
