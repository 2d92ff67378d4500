import ArgumentParser
import Mynah

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run an experiment file: fit, sample, evaluate, balance, report.",
    discussion: """
      The run folder holds the resolved configuration, manifest.json, metrics.json, report.html and, for each \
      generator, training.jsonl, the model and the synthetic table; balancing leaves balance.json, balance.md and a \
      balanced table by method. A folder of an earlier run is replaced once the \
      new one is whole; any other folder is left alone. Training keeps checkpoints, from which --resume continues \
      after Ctrl-C, a crash or a full disk, to the same bytes as without the interruption.
      """)

  @Argument(help: "An experiment file (YAML).")
  var configuration: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "A key of the file, dotted, or a hyperparameter of every generator and method: --set sample.rows=100 --set epochs=5.",
      valueName: "key=value"))
  var settings: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("The run folder. (default: runs/NAME)", valueName: "dir"))
  var output: String?

  @Option(help: "Decides every random number, in place of the file's seed.")
  var seed: UInt64?

  @Option(
    name: .customLong("gate"),
    help: ArgumentHelp(
      "A condition of release besides those of the file: --gate 'copies<=0'. May be given several times. Rows that fail "
        + "are left as withheld.csv, and the exit status is 2.", valueName: "condition"),
    transform: { text in try Gate(text) })
  var gates: [Gate] = []

  @Option(
    help: ArgumentHelp(
      "A review file that a report has exported: rejected rows are not made again, accepted ones break no gate.",
      valueName: "file"))
  var review: String?

  @Flag(help: "Continue an interrupted run; begin at the beginning where there is none.")
  var resume = false

  @Option(
    help: ArgumentHelp(
      "The least time between two checkpoints, which take 2 % of the time at most; 0 makes one after every step.",
      valueName: "seconds", visibility: .hidden))
  var checkpointInterval: Double = 10

  @OptionGroup var common: ComputingOptions

  func validate() throws {
    guard (0...1e6).contains(checkpointInterval) else {
      throw ValidationError("--checkpoint-interval must be in 0 ... 1000000 seconds, got \(checkpointInterval)")
    }
  }

  func run() throws {
    var experiment = try ExperimentConfiguration(
      path: configuration, overrides: try settings.map { text throws(ExperimentError) in try SettingOverride(text) },
      registry: MynahProgram.registry)
    if let seed { experiment.seed = seed }
    if let threads = common.threads { experiment.threads = threads }
    if let output { experiment.output = output }
    if let review { experiment.release.review = review }
    try experiment.add(gates: gates, at: Place("--gate"))
    if let threads = experiment.threads { threadCount = threads }

    let reporter = ProgressReporter(isQuiet: common.quiet)
    defer { reporter.finish() }
    var runner = ExperimentRunner(experiment, observer: reporter)
    runner.resumes = resume
    runner.checkpointInterval = .seconds(checkpointInterval)
    runner.notice = { text in
      reporter.finish()
      Failure.report(text)
    }
    let summary = try runner.run()
    reporter.finish()
    if !common.quiet { Console.output(summary.text) }
    if !summary.failedGates.isEmpty {
      let trouble = summary.failure.map { [$0] } ?? []
      throw ChecksFailed(messages: trouble + summary.failedGates)
    }
    if let failure = summary.failure {
      let rest = summary.balance == nil ? "the best models so far and their rows are" : "everything else is"
      throw Interrupted(message: "\(failure); \(rest) in \(summary.folder)")
    }
    if summary.isInterrupted {
      throw Interrupted(
        message: "interrupted: training ended before its last epoch; what there was is in \(summary.folder), and "
          + "--resume continues")
    }
  }
}
