import ArgumentParser
import Mynah

/// The options of every subcommand.
struct CommonOptions: ParsableArguments {
  @Option(help: "Decides every random number; the same seed gives the same bytes.")
  var seed: UInt64?

  @Option(help: "Threads to compute with; results do not depend on it. (default: one per core)")
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads must be at least 1, got \(threads)")
    }
  }

  /// To be called before any work.
  func apply() { if let threads { threadCount = threads } }
}
