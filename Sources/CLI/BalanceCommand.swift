import ArgumentParser
import Mynah

struct BalanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "balance", abstract: "Balance the classes of a CSV file.",
    discussion: """
      The output holds the real rows that are kept, in their order, then the new ones, class by class. With a model's \
      kind as the method, the model is fitted to the table and makes the rows that classes lack.
      """)

  @Argument(help: "A CSV file, plain or gzip; '-' is standard input.")
  var data: String

  @Option(help: ArgumentHelp("The column whose classes are balanced.", valueName: "col"))
  var target: String

  @OptionGroup var method: MethodOptions
  @OptionGroup var options: BalanceOptions

  @Option(
    help: ArgumentHelp(
      "Add a last column, called 'provenance' unless '=name' follows, that says of each row whether it is real, or how it "
        + "was made of which rows.", valueName: "name"))
  var provenance: String?

  @Option(name: .shortAndLong, help: "Where the rows go (CSV); '-' is standard output.")
  var output: String

  @OptionGroup var proof: ProofOptions
  @OptionGroup var tables: TableOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard data != "-" || proof.evaluate != "-" else {
      throw ValidationError("only one table can be standard input; name a file for the other")
    }
    guard output == "-" || output != proof.report else {
      throw ValidationError("--output and --report name the same file; name two")
    }
  }

  func run() throws {
    common.apply()
    let method = try method.balancingMethod()
    // Opened first: nobody wants to wait for rows that cannot be written.
    let inputs = [data, proof.evaluate, tables.schema].compactMap { $0 }
    let file = try OutputFile(output, reading: inputs)
    let reportFile = try proof.report.map { try OutputFile($0, reading: inputs) }
    if let test = proof.evaluate, test != "-", OutputFile.isSameFile(test, data) {
      throw TableError("is the table that is balanced; judge on rows that nothing learns from", file: test)
    }
    let reporter = ProgressReporter(isQuiet: common.quiet)
    defer { reporter.finish() }
    // A numeric target that is cut into bins is not to be taken for levels.
    let table = try tables.input(data).load(target: options.bins == nil ? target : nil)
    if let provenance, table.table[provenance] != nil {
      throw TableError(
        "there is a column '\(provenance)' already; name another one by --provenance=NAME", file: table.path)
    }
    let request = options.request(target: target)
    let trial = try proof.evaluate.map { path in
      try BalanceProof(
        method, request, trial: proof.trial(target: target), on: table,
        test: try tables.input(path).load(matching: table.table))
    }
    let balanced = try method.balanced(table, request, seed: common.seed, observer: reporter)
    // Whoever ended the training does not wait for a trial.
    let report =
      balanced.trainingCutShort == nil ? try trial?.report(seed: common.seed, observer: reporter) : nil
    reporter.finish()
    let counts = try file.write(balanced.resampled, counting: target, provenance: provenance)
    if !common.quiet {
      for notice in balanced.resampled.notices { Failure.report(notice) }
      Console.error(ClassCounts(of: target, in: table.table).text(target, becoming: counts) + "\n")
    }
    if let report { output == "-" ? Console.error(report.text()) : Console.output(report.text()) }
    if let trial, let report { try reportFile?.write(try trial.text(of: report, for: proof.report ?? "")) }
    if let reason = balanced.trainingCutShort {
      let untried = trial == nil ? "" : ", and the trial was not made"
      throw Interrupted(message: "\(reason); rows of the model as it was are in \(output)\(untried)")
    }
    if let arm = report?.arms.first(where: { $0.name == self.method.method && $0.failure != nil }) {
      throw Interrupted(message: "\(arm.name) failed in the trial: \(arm.failure ?? ""); its rows are in \(output)")
    }
  }

  /// `--provenance` alone takes no value, which the parser cannot express beside `--provenance=NAME`.
  static func expanding(_ arguments: [String]) -> [String] {
    guard arguments.first == configuration.commandName else { return arguments }
    let options = arguments.prefix { $0 != "--" }
    return options.map { $0 == "--provenance" ? "--provenance=provenance" : $0 } + arguments.dropFirst(options.count)
  }
}
