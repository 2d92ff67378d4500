import Foundation
import Mynah
import Synchronization

/// Ctrl-C. While a model trains, the first one asks training to stop with a usable model; any other one, a
/// request to terminate or a terminal that closes ends the program at once and removes its temporary files.
enum Interruption {
  private static let isTraining = Atomic<Bool>(false)
  private static let requested = Atomic<Bool>(false)
  /// What a signal writes to. Set before any signal can come, so that the handler touches nothing that is made lazily.
  nonisolated(unsafe) private static var writingEnd: Int32 = -1

  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Whether a model trains at the moment, that is, whether somebody asks `isRequested` after every step.
  static func setTraining(_ value: Bool) { isTraining.store(value, ordering: .relaxed) }

  /// Inside a signal hardly anything is allowed: the handler writes one byte to a pipe, and a thread that waits for it
  /// does the work.
  static func install() {
    signal(SIGPIPE, SIG_IGN)
    // A file that grows beyond 'ulimit -f' is an error like a full disk.
    signal(SIGXFSZ, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    writingEnd = ends[1]
    let readingEnd = ends[0]
    Thread.detachNewThread {
      var number: UInt8 = 0
      while read(readingEnd, &number, 1) == 1 { received(Int32(number)) }
    }
    var handled = sigset_t()
    sigemptyset(&handled)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let former = signal(number) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(Interruption.writingEnd, &byte, 1)
      }
      // 'nohup' asks that a closed terminal be ignored.
      if number == SIGHUP, isIgnored(former) { signal(number, SIG_IGN) }
      sigaddset(&handled, number)
    }
    // Whoever started the program may have blocked them, and a mask is inherited.
    pthread_sigmask(SIG_UNBLOCK, &handled, nil)
  }

  /// Handlers are functions, which do not compare; their addresses do.
  private static func isIgnored(_ handler: sighandler_t?) -> Bool {
    unsafeBitCast(handler, to: UInt.self) == unsafeBitCast(SIG_IGN, to: UInt.self)
  }

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
