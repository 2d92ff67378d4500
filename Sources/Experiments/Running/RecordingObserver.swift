import Foundation
import MynahSynthesizers
import Synchronization

/// Passes everything on to another observer and keeps the epochs for `training.jsonl`.
final class RecordingObserver: TrainingObserver {
  private let next: any TrainingObserver
  private let kept = Mutex<[EpochReport]>([])

  init(_ next: any TrainingObserver) { self.next = next }

  func stageBegan(_ name: String) { next.stageBegan(name) }

  func epochEnded(_ report: EpochReport) -> TrainingDecision {
    kept.withLock { $0.append(report) }
    return next.epochEnded(report)
  }

  var shouldStop: Bool { next.shouldStop }

  var reports: [EpochReport] { kept.withLock { $0 } }

  /// The last epoch, when training ended before the one it was to end with.
  var interruptedAfter: Int? {
    guard let last = reports.last else { return next.shouldStop ? 0 : nil }
    return last.epoch < last.epochs && next.shouldStop ? last.epoch : nil
  }

  /// One JSON object a line.
  func lines() throws -> String {
    let encoder = JSONEncoder.forResults
    encoder.outputFormatting = .sortedKeys
    return try reports.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined()
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
