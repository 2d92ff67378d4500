import ArgumentParser
import Mynah

struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Fit a model to a CSV file.",
    discussion: "Ctrl-C ends training at the next step and saves the model as it stands; a second one leaves at once.")

  @Argument(help: "A CSV file, plain or gzip; '-' is standard input.")
  var data: String

  @Option(help: "The kind of model: \(MynahProgram.registry.kinds.joined(separator: ", ")).")
  var model: String

  @Option(help: ArgumentHelp("The column that the data are about.", valueName: "col"))
  var target: String?

  @Option(name: .customLong("set"), help: ArgumentHelp("A hyperparameter: --set epochs=300.", valueName: "key=value"))
  var settings: [String] = []

  @Option(name: .shortAndLong, help: "Where the model goes (safetensors); '-' is standard output.")
  var output: String

  @OptionGroup var tables: TableOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if !MynahProgram.registry.kinds.contains(model) {
      do {
        _ = try MynahProgram.registry.synthesizer(model)
      } catch {
        throw ValidationError(error.message)
      }
    }
  }

  func run() throws {
    common.apply()
    let synthesizer = try MynahProgram.registry.synthesizer(
      model, settings: try settings.map { text throws(ExperimentError) in try SettingOverride(text) })
    let file = try OutputFile(output, reading: data)
    let reporter = ProgressReporter(isQuiet: common.quiet)
    defer { reporter.finish() }
    let table = try tables.input(data).load(target: target)
    let fitted = try ModelFile.fit(
      synthesizer, to: table, target: target, seed: common.seed, observer: reporter)
    reporter.finish()
    try file.write(try fitted.file.encoded())
    if let divergence = fitted.divergence {
      throw Interrupted(message: "\(divergence); the best model so far is in \(output)")
    }
    if let completed = fitted.file.provenance.epochsCompleted {
      throw Interrupted(
        message: "interrupted: the model after epoch \(completed) of \(reporter.progress.epochs) is in \(output)")
    }
  }
}
