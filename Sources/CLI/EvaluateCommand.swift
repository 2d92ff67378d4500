import ArgumentParser
import Mynah

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Hold a synthetic table against the real one.")

  @Argument(help: "The synthetic table (CSV).")
  var synthetic: String

  @Option(help: ArgumentHelp("The table that the model was fitted to.", valueName: "csv"))
  var train: String

  @Option(
    help: ArgumentHelp(
      "Rows that the model has not seen; held against the same table, they are the yardstick.", valueName: "csv"))
  var holdout: String?

  @Option(help: ArgumentHelp("The column that the data are about.", valueName: "col"))
  var target: String?

  @Option(help: ArgumentHelp("Write all figures as JSON; '-' is standard output.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Write a page with all figures.", valueName: "file.html"))
  var report: String?

  @OptionGroup var tables: TableOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard json != "-" || report != "-" else {
      throw ValidationError("--json and --report cannot both be standard output; name a file for one of them")
    }
    guard [synthetic, train, holdout].count(where: { $0 == "-" }) < 2 else {
      throw ValidationError("only one table can be standard input; name files for the others")
    }
  }

  func run() throws {
    common.apply()
    // Opened first: nobody wants to wait for figures that cannot be written.
    let jsonFile = try json.map { try OutputFile($0) }
    let reportFile = try report.map { try OutputFile($0) }

    let real = try tables.input(train).load(target: target)
    let made = try tables.input(synthetic).load(matching: real.table)
    let unseen = try holdout.map { try tables.input($0).load(matching: real.table) }
    let registry = MynahProgram.registry
    let data = RealData(train: real.table, holdout: unseen, target: target)
    let metrics = try registry.metrics.map { name throws(ExperimentError) in try registry.metric(name) }
    let (evaluation, exhibits) = try TableEvaluation.exhibiting(
      made, against: data, metrics: metrics, using: RandomSource(seed: common.seed))
    try jsonFile?.write(try evaluation.json())
    if let reportFile {
      let page = HTMLReport(
        title: "Synthetic table and real table",
        facts: [("Synthetic rows", String(made.rowCount)), ("Training rows", String(real.table.rowCount))],
        evaluation: evaluation, exhibits: exhibits, metrics: metrics, real: data, synthetic: made,
        provenance: [("Program", "mynah \(mynahVersion)"), ("SHA-256 of the training table", real.sha256)])
      try reportFile.write(Array(page.render().utf8))
    }
    if json != "-", report != "-" { Console.output(evaluation.text()) }
  }
}
