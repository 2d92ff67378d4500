import ArgumentParser
import Mynah

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Make new rows with a model.")

  @Argument(help: "A model file that 'fit' or 'run' has written; '-' is standard input.")
  var model: String

  @Option(name: .shortAndLong, help: "How many rows.")
  var rows: Int

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Every row has this value: --where sex=Male. May be given several times.", valueName: "col=value"))
  var conditions: [ConditionArgument] = []

  @Option(name: .shortAndLong, help: "Where the rows go (CSV); '-' is standard output.")
  var output: String

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if rows < 1 { throw ValidationError("--rows must be at least 1, got \(rows)") }
  }

  func run() throws {
    common.apply()
    try OutputFile.refuse(output, reading: model)
    let fitted = try ModelFile(path: model).model(registry: MynahProgram.registry)
    let sampler = try RowSampler(fitted, conditions: conditions.map(\.condition), seed: common.seed)
    try sampler.write(rows, to: output)
    if !common.quiet, let (drawn, accepted) = sampler.rejection {
      let share = ProgressLine.fixed(100 * Double(accepted) / Double(max(1, drawn)), 2)
      Console.error(
        "\(ProgressLine.grouped(Double(accepted))) of \(ProgressLine.grouped(Double(drawn))) drawn rows met the conditions "
          + "(\(share) %)\n")
    }
  }
}
