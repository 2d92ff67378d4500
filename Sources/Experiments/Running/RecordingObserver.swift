import Foundation
import MynahSynthesizers
import Synchronization

/// Passes everything on to another observer, keeps the epochs and writes them to `training.jsonl`.
final class RecordingObserver: TrainingObserver {
  private struct State {
    var reports: [EpochReport]
    var wasStopped = false
  }

  private let next: any TrainingObserver
  private let store: (any CheckpointStore)?
  private let log: TrainingLog?
  private let state: Mutex<State>

  /// - Parameters:
  ///   - checkpoints: In place of the other observer's.
  ///   - log: Where epochs are written to.
  ///   - reports: Of epochs that were over before training was continued.
  init(
    _ next: any TrainingObserver, checkpoints: (any CheckpointStore)? = nil, log: TrainingLog? = nil,
    continuing reports: [EpochReport] = []
  ) {
    self.next = next
    self.store = checkpoints
    self.log = log
    state = Mutex(State(reports: reports))
  }

  func stageBegan(_ name: String) { next.stageBegan(name) }

  func epochEnded(_ report: EpochReport) -> TrainingDecision {
    log?.append(report)
    state.withLock { $0.reports.append(report) }
    let decision = next.epochEnded(report)
    if decision == .stop { state.withLock { $0.wasStopped = true } }
    // A run whose records cannot be written has failed; there is no use in going on until its end.
    return log?.failure == nil ? decision : .stop
  }

  /// What training was told counts as having ended it: whoever asks to stop after it has ended by itself interrupts nothing.
  var shouldStop: Bool {
    let stops = next.shouldStop
    if stops { state.withLock { $0.wasStopped = true } }
    return stops
  }

  var checkpoints: (any CheckpointStore)? { store ?? next.checkpoints }

  var reports: [EpochReport] { state.withLock { $0.reports } }

  /// The last epoch, when somebody ended training before the one it was to end with.
  var interruptedAfter: Int? {
    let (reports, wasStopped) = state.withLock { ($0.reports, $0.wasStopped) }
    guard wasStopped else { return nil }
    guard let last = reports.last else { return 0 }
    return last.epoch < last.epochs ? last.epoch : nil
  }
}

extension JSONEncoder {
  /// Sorted, indented, snake_case; a figure that is not finite becomes text, because JSON has no other way.
  static var forResults: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }
}

extension JSONDecoder {
  /// Reads what `JSONEncoder.forResults` wrote.
  static var forResults: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}
