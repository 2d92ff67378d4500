import ArgumentParser
import Foundation
import Mynah

/// How errors leave the program: one line on standard error, and the exit status that design and help promise.
enum Failure {
  static let workFailed: Int32 = 1
  /// A gate was not passed, or a table is not the one of its card.
  static let checkFailed: Int32 = 2
  static let wrongUsage: Int32 = 64
  static let badData: Int32 = 65
  static let noSuchFile: Int32 = 66
  static let cannotWrite: Int32 = 73

  private static var brokenPipe: String { String(cString: strerror(EPIPE)) }

  static func exit(with error: any Error) -> Never {
    if let interrupted = error as? Interrupted {
      report(interrupted.message)
      Foundation.exit(workFailed)
    }
    if let failed = error as? ChecksFailed {
      for message in failed.messages { report(message) }
      Foundation.exit(checkFailed)
    }
    // Nobody reads the rows any more ('mynah sample … | head'): that is no news to anybody.
    if let error = error as? TableError, error.file == "standard output", error.message.hasSuffix(brokenPipe) {
      Foundation.exit(workFailed)
    }
    if let status = status(of: error) {
      report("\(error)")
      Foundation.exit(status)
    }
    let code = RootCommand.exitCode(for: error)
    // Help and version are no failures; their text is the parser's.
    if code.isSuccess { RootCommand.exit(withError: error) }
    guard code == .validationFailure else {
      report(RootCommand.message(for: error))
      Foundation.exit(workFailed)
    }
    let message = RootCommand.message(for: error)
    report(message.isEmpty ? "wrong usage; 'mynah --help' shows what is possible" : message)
    Foundation.exit(wrongUsage)
  }

  /// The exit status of the library's errors; nil for those of the argument parser and of the system.
  static func status(of error: any Error) -> Int32? {
    switch error {
    case let error as TableError:
      switch error.reason {
      case .badData: badData
      case .noSuchFile: noSuchFile
      case .cannotWrite: cannotWrite
      }
    case let error as ExperimentError:
      switch error.reason {
      case .invalid: badData
      case .noSuchFile: noSuchFile
      case .cannotWrite: cannotWrite
      }
    case let error as SynthesisError: error.reason == .diverged ? workFailed : badData
    case is ResamplingError: badData
    case is GateError: badData
    case is CardMismatch: checkFailed
    case is TrainingDiverged: workFailed
    case let error as RunCutShort: status(of: error.cause) ?? workFailed
    default: nil
    }
  }

  /// One line, whatever the message holds.
  static func report(_ message: String) {
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    Console.error("mynah: \(line)\n")
  }
}

/// Everything was done, and what was made is not fit to be released.
struct ChecksFailed: Error {
  var messages: [String]
}

/// Training was ended by Ctrl-C; what there was has been saved.
struct Interrupted: Error {
  var message: String
}
