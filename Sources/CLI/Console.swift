import Foundation

/// The two standard streams for text, without buffers: nothing is left behind when the program ends.
enum Console {
  static let errorIsTerminal = isatty(STDERR_FILENO) == 1

  static func error(_ text: String) { write(text, to: STDERR_FILENO) }

  static func output(_ text: String) { write(text, to: STDOUT_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let written = Foundation.write(descriptor, start, rest.count)
        if written < 0, errno == EINTR { continue }
        // Nobody reads any more (EPIPE) or the disk is full: what cannot be said is dropped, and the status tells.
        guard written > 0 else {
          if descriptor == STDOUT_FILENO { Foundation.exit(errno == EPIPE ? Failure.workFailed : Failure.cannotWrite) }
          return
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
    }
  }
}
