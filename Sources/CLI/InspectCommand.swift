import ArgumentParser
import Mynah

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show a CSV file's inferred schema, or what a model file holds.")

  @Argument(help: "A CSV file or a model file; '-' is a CSV on standard input.")
  var file: String

  @Option(help: ArgumentHelp("Warn of columns that give this one away.", valueName: "col"))
  var target: String?

  @Flag(help: "As JSON.")
  var json = false

  @OptionGroup var tables: TableOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    common.apply()
    if ModelFile.isModelFile(path: file) {
      let summary = ModelSummary(try ModelFile(path: file), registry: MynahProgram.registry)
      Console.output(json ? try summary.json() : try summary.text())
    } else {
      let profile = try tables.input(file).profile(target: target)
      Console.output(json ? try profile.json() : profile.rendered())
    }
  }
}
