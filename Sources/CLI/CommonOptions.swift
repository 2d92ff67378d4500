import ArgumentParser
import Mynah

/// The options of every subcommand.
struct CommonOptions: ParsableArguments {
  @Option(help: "Decides every random number; the same seed gives the same bytes.")
  var seed: UInt64 = 1

  @OptionGroup var computing: ComputingOptions

  var quiet: Bool { computing.quiet }

  /// To be called before any work.
  func apply() { computing.apply() }
}

/// What has no influence on results.
struct ComputingOptions: ParsableArguments {
  @Option(help: "Threads to compute with; results do not depend on it. (default: one per core)")
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads must be at least 1, got \(threads)")
    }
  }

  func apply() { if let threads { threadCount = threads } }
}
