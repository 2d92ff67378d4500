import MynahSynthesizers
import MynahTables
import MynahTensors
import Synchronization

extension SynthesizerCheck {
  func hyperparameters(_ impossible: [S]) throws {
    do { try synthesizer.validate() } catch {
      expect(false, "the given hyperparameters are possible", seen: "\(error)")
    }
    do { try S().validate() } catch { expect(false, "the defaults are possible", seen: "\(error)") }
    for (place, wrong) in impossible.enumerated() {
      let promise = "impossible hyperparameters (number \(place + 1)) are refused"
      do {
        try wrong.validate()
        expect(false, promise, seen: "no error from validate()")
      } catch {
        expect(error.hyperparameter != nil, promise + " by name", seen: "\(error)")
      }
      expectRefusal(promise + " by fitted, too") { _ = try SynthesizerCheck(wrong, on: table).fitted() }
    }
  }

  /// A model read back is the same model; an archive that has been tampered with is refused.
  func archive(_ model: S.Fitted) throws {
    var archive = ModelArchive()
    try model.write(to: &archive)
    guard let copy = attempt("the model's archive is read back", { try S.Fitted(from: archive) }) else { return }
    expect(try sample(copy, 50) == sample(model, 50), "a model read back makes the same rows")
    var again = ModelArchive()
    try copy.write(to: &again)
    expect(again.metadata == archive.metadata, "a model read back is written as it was read")

    expectRefusal("an empty archive is refused") { _ = try S.Fitted(from: ModelArchive()) }
    for key in archive.metadata.keys.sorted() {
      let text = archive.metadata[key] ?? ""
      for (change, value) in [
        ("without '\(key)'", nil), ("with half of '\(key)'", String(text.prefix(text.count / 2))),
        ("with null for '\(key)'", "null"), ("with other JSON for '\(key)'", "{\"a\": [1e99, -1]}"),
      ] {
        var torn = archive
        torn.metadata[key] = value
        expectRefusal("an archive \(change) is refused") { _ = try S.Fitted(from: torn) }
      }
    }
    for path in archive.tensors.keys.sorted() {
      guard let tensor = archive.tensors[path] else { continue }
      let other: ScalarType = tensor.scalarType == .float64 ? .float32 : .float64
      for (change, value) in [
        ("without the tensor '\(path)'", nil), ("with a tensor '\(path)' of another shape", Tensor.zeros([3, 1, 2])),
        ("with a longer tensor '\(path)'", Tensor.zeros([tensor.count + 4_096], scalarType: tensor.scalarType)),
        ("with a tensor '\(path)' of another type", Tensor.zeros(tensor.shape, scalarType: other)),
      ] {
        var torn = archive
        torn.tensors[path] = value
        expectRefusal("an archive \(change) is refused") { _ = try S.Fitted(from: torn) }
      }
    }
  }

  /// For models that train in epochs.
  func training() throws {
    let recorder = EpochRecorder()
    _ = try fitted(observer: recorder)
    let reports = recorder.reports.withLock { $0 }
    guard !reports.isEmpty else { return }
    expect(
      reports.map(\.epoch) == Array(1...reports.count), "epochs are reported in order from 1",
      seen: "\(reports.map(\.epoch))")
    expect(reports.allSatisfy { !$0.losses.isEmpty }, "epochs report losses")
    expect(try sample(fitted(seed: 1), 50) != sample(fitted(seed: 2), 50), "another seed learns another model")
    let stopped = EpochRecorder(stopsAfter: 1)
    if let model = attempt("training that is stopped leaves a model", { try fitted(observer: stopped) }) {
      expect(try sample(model, 10).rowCount == 10, "training that is stopped leaves a usable model")
      expect(stopped.reports.withLock { $0.count } == 1, "training ends when it is asked to")
    }
  }

  /// Tables at the edge are learned, or refused with a line that says why.
  func edges() throws {
    for (name, table) in try ConformanceTables.edges() {
      let model: S.Fitted
      do {
        model = try fitted(to: table)
      } catch {
        // What has nothing to learn from may be refused; what has two rows may not, unless it lacks the column that the
        // synthesizer is conditioned on.
        let lacks = (synthesizer as? any TargetConditioned).map { table[$0.conditionColumn] == nil } ?? false
        expect(
          error is SynthesisError && (table.rowCount < 2 || lacks), "a table of \(name) is learned", seen: "\(error)")
        continue
      }
      guard let rows = attempt("rows like those of a table of \(name) are made", { try sample(model, 9) }) else {
        continue
      }
      expect(rows.rowCount == 9 && rows.schema == table.schema, "a table of \(name) gives rows of its schema")
      var archive = ModelArchive()
      try model.write(to: &archive)
      if let copy = attempt("a model of a table of \(name) is read back", { try S.Fitted(from: archive) }) {
        expect(try sample(copy, 9) == rows, "a model of a table of \(name), read back, makes the same rows")
      }
    }
  }
}

/// Keeps what training reports, and may end it.
private final class EpochRecorder: TrainingObserver {
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
