import Foundation
import MynahSynthesizers
import MynahTables
import Synchronization

/// `training.jsonl`: a line of JSON for each epoch, there as soon as the epoch is over.
final class TrainingLog: Sendable {
  private struct State {
    var descriptor: Int32
    var failure: TableError?
  }

  let path: String
  private let state: Mutex<State>

  /// - Parameter lines: Of the epochs that are over.
  /// - Throws: `TableError` where the file cannot be written.
  init(path: String, continuing lines: [UInt8] = []) throws(TableError) {
    self.path = path
    // As a whole: a checkpoint may rest on the lines that are there.
    let file = try AtomicFile(path: path)
    try file.write(lines)
    try file.commit()
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(errno, path) }
    state = Mutex(State(descriptor: descriptor))
  }

  deinit { state.withLock { _ = close($0.descriptor) } }

  /// Writes a line. Training cannot throw here; what goes wrong is kept in `failure`.
  func append(_ report: EpochReport) {
    let encoder = JSONEncoder.forResults
    encoder.outputFormatting = .sortedKeys
    // Numbers and text only, with words for what is not finite: nothing that cannot be encoded.
    guard let json = try? encoder.encode(report) else { return }
    let line = Array(json) + [UInt8(ascii: "\n")]
    state.withLock { state in
      guard state.failure == nil else { return }
      let written = write(state.descriptor, line, line.count)
      if written != line.count { state.failure = Self.failure(written < 0 ? errno : ENOSPC, path) }
    }
  }

  /// Why lines are missing.
  var failure: TableError? { state.withLock { $0.failure } }

  /// Brings the lines to the disk.
  ///
  /// - Throws: Also what earlier writing failed with.
  func synchronize() throws(TableError) {
    let failure = state.withLock { state in
      state.failure ?? (fsync(state.descriptor) == 0 ? nil : Self.failure(errno, path))
    }
    if let failure { throw failure }
  }

  private static func failure(_ code: Int32, _ path: String) -> TableError {
    TableError("cannot be written: \(String(cString: strerror(code)))", reason: .cannotWrite, file: path)
  }

  /// The first lines of a file that training left behind.
  ///
  /// - Parameter epochs: How many lines; all of them unless given.
  /// - Throws: `ExperimentError` when they are not there, or damaged.
  static func read(path: String, epochs: Int? = nil) throws(ExperimentError) -> (lines: [UInt8], reports: [EpochReport])
  {
    let bytes = [UInt8](FileManager.default.contents(atPath: path) ?? Data())
    let decoder = JSONDecoder.forResults
    var (end, reports) = (0, [EpochReport]())
    while reports.count < epochs ?? .max, let newline = bytes[end...].firstIndex(of: UInt8(ascii: "\n")) {
      guard let report = try? decoder.decode(EpochReport.self, from: Data(bytes[end..<newline])),
        report.epoch == reports.count + 1
      else {
        throw ExperimentError("damaged; \(FileCheckpoints.anew)", at: Place(path, line: reports.count + 1))
      }
      reports.append(report)
      end = newline + 1
    }
    guard reports.count >= epochs ?? 0 else {
      throw ExperimentError(
        "holds \(reports.count) epochs, the checkpoint is of \(epochs ?? 0); \(FileCheckpoints.anew)", at: Place(path))
    }
    return (Array(bytes[..<end]), reports)
  }
}
