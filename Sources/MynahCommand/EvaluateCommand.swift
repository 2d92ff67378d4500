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
    help: ArgumentHelp("Rows that the model has not seen; held against the same table, they are the yardstick.", valueName: "csv"))
  var holdout: String?

  @Option(help: ArgumentHelp("The column that the data are about.", valueName: "col"))
  var target: String?

  @Option(help: ArgumentHelp("Write all figures as JSON; '-' is standard output.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Write a page with all figures.", valueName: "file.html"))
  var report: String?

  @OptionGroup var tables: TableOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    common.apply()
    let outputs = (try json.map { try OutputFile($0) }, try report.map { try OutputFile($0) })
    let evaluation = try TableEvaluation(
      synthetic: synthetic, train: try tables.input(train), holdout: holdout, target: target)
    try outputs.0?.write(try evaluation.json())
    try outputs.1?.write(try evaluation.html())
    if json != "-" { Console.output(evaluation.text) }
  }
}
