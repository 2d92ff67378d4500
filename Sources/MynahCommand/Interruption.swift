import Dispatch
import Foundation
import Mynah
import Synchronization

/// Ctrl-C. While a model trains, the first one asks training to stop with a usable model; any other one, and a request
/// to terminate, ends the program at once and removes its temporary files.
enum Interruption {
  private static let isTraining = Atomic<Bool>(false)
  private static let requested = Atomic<Bool>(false)
  /// Written once, before any other thread exists; a source lives as long as somebody holds it.
  nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Handlers run on a queue of their own, not inside the signal, so they may do whatever they need.
  static func install() {
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler { received(number) }
      source.resume()
      sources.append(source)
    }
  }

  /// Whether a model trains at the moment, that is, whether somebody asks `isRequested` after every step.
  static func setTraining(_ value: Bool) { isTraining.store(value, ordering: .relaxed) }

  private static func received(_ number: Int32) {
    let isFirst = number == SIGINT && !requested.exchange(true, ordering: .relaxed)
    if isFirst, isTraining.load(ordering: .relaxed) {
      Console.error("\nmynah: stopping at the next step; Ctrl-C again leaves at once, without a model\n")
      return
    }
    TemporaryPaths.removeAll()
    // The shell is to see that a signal ended the program.
    signal(number, SIG_DFL)
    kill(getpid(), number)
  }
}
