import Foundation
import Mynah
import Synchronization

/// Shows training on standard error: on a terminal one line that changes, else lines for stages, the first epoch and
/// each tenth of the epochs. Asks training to stop after Ctrl-C.
final class ProgressReporter: TrainingObserver {
  private struct State {
    var began: ContinuousClock.Instant?
    var epochs = 0
    var completed = 0
    var lineIsOpen = false
    var stage = ""
    /// The newest score of the training that is going on.
    var quality: TrainingQuality?
  }

  private let isQuiet: Bool
  private let isTerminal: Bool
  private let state = Mutex(State())

  init(isQuiet: Bool, isTerminal: Bool = Console.errorIsTerminal) {
    self.isQuiet = isQuiet
    self.isTerminal = isTerminal
  }

  /// Epochs that are over, and how many there were to be.
  var progress: (completed: Int, epochs: Int) { state.withLock { ($0.completed, $0.epochs) } }

  /// Asked after every step. Before the first one there is no model worth keeping, and Ctrl-C ends the program.
  var shouldStop: Bool {
    Interruption.setTraining(true)
    return Interruption.isRequested
  }

  func stageBegan(_ name: String) {
    Interruption.setTraining(false)
    // "evaluating: detection", "evaluating: utility" and so on are one stage with parts.
    let stage = String(name.prefix { $0 != ":" })
    let isPart = state.withLock { state in
      defer { (state.began, state.quality, state.stage) = (nil, nil, stage) }
      return state.stage == stage && stage != name
    }
    guard !isQuiet, isTerminal || !isPart else { return }
    show(isTerminal ? name : stage + "\n")
  }

  func epochEnded(_ report: EpochReport) -> TrainingDecision {
    let now = ContinuousClock.now
    let (perEpoch, isFirst, quality) = state.withLock { state -> (Double, Bool, TrainingQuality?) in
      state.epochs = report.epochs
      state.completed = report.epoch
      state.quality = report.quality ?? state.quality
      guard let began = state.began, report.epoch > 1 else {
        state.began = now - .seconds(report.seconds * Double(report.epoch))
        return (report.seconds, true, state.quality)
      }
      return ((now - began) / .seconds(1) / Double(report.epoch), false, state.quality)
    }
    if !isQuiet { show(report, quality: quality, isFirst: isFirst, secondsPerEpoch: perEpoch) }
    return Interruption.isRequested ? .stop : .proceed
  }

  /// Ends the line that changes, so that what follows begins on a line of its own.
  func finish() {
    Interruption.setTraining(false)
    let wasOpen = state.withLock { state in
      defer { state.lineIsOpen = false }
      return state.lineIsOpen
    }
    if wasOpen { Console.error("\r\u{1B}[K") }
  }

  private func show(_ report: EpochReport, quality: TrainingQuality?, isFirst: Bool, secondsPerEpoch: Double) {
    if isTerminal {
      show(ProgressLine.onTerminal(report, quality: quality, secondsPerEpoch: secondsPerEpoch))
    } else if isFirst || report.epoch == report.epochs || report.epoch % max(1, report.epochs / 10) == 0 {
      show(ProgressLine.text(report, quality: quality) + "\n")
    }
  }

  private func show(_ text: String) {
    state.withLock { $0.lineIsOpen = isTerminal }
    Console.error(isTerminal ? "\r\u{1B}[K\(text)" : text)
  }
}

/// The parts of a line of progress.
enum ProgressLine {
  /// All of it: `[####…] epoch 3/12, critic 1.500, generator -0.123, quality 0.912, 12,346 rows/s, 1:30 left`.
  static func onTerminal(_ report: EpochReport, quality: TrainingQuality?, secondsPerEpoch: Double) -> String {
    let left = secondsPerEpoch * Double(report.epochs - report.epoch)
    return "\(bar(report.epoch, of: report.epochs)) \(text(report, quality: quality)), \(duration(left)) left"
  }

  static func bar(_ done: Int, of total: Int, width: Int = 24) -> String {
    let filled = total > 0 ? min(width, max(0, done * width / total)) : 0
    return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "]"
  }

  /// - Parameter quality: The newest score; `*` marks the best one so far.
  static func text(_ report: EpochReport, quality: TrainingQuality?) -> String {
    let losses = report.losses.sorted { $0.key < $1.key }.map { "\($0.key) \(fixed($0.value, 3))" }
    let rate = "\(grouped(report.rowsPerSecond)) rows/s"
    let score = quality.map { ["quality \(fixed($0.score, 3))\($0.isBest ? "*" : "")"] } ?? []
    return (["epoch \(report.epoch)/\(report.epochs)"] + losses + score + [rate]).joined(separator: ", ")
  }

  /// `1:02:03`, `2:03`, `0:07`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "?" }
    let whole = Int(max(0, seconds).rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }

  static func fixed(_ value: Double, _ digits: Int) -> String {
    value.isFinite ? String(format: "%.\(digits)f", value) : "\(value)"
  }

  /// `12345.6` as `12,346`.
  static func grouped(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    var digits = Array(String(Int(value.rounded())))
    var place = digits.count - 3
    while place > (digits[0] == "-" ? 1 : 0) {
      digits.insert(",", at: place)
      place -= 3
    }
    return String(digits)
  }
}
