import ArgumentParser
import Mynah

/// `--where COL=VALUE`: a condition, split at the first `=`, so that a value may hold one.
struct ConditionArgument: ExpressibleByArgument {
  var condition: Condition

  init?(argument: String) {
    guard let split = argument.firstIndex(of: "="), split > argument.startIndex else { return nil }
    condition = Condition(
      column: String(argument[..<split]), value: String(argument[argument.index(after: split)...]))
  }
}

/// How a table is read.
struct TableOptions: ParsableArguments {
  @Option(help: "The character between fields, or 'tab'. (default: detected)")
  var delimiter: String?

  @Option(
    help: ArgumentHelp(
      "A YAML or JSON file that says what columns are: 'zip: categorical'.", valueName: "file"))
  var schema: String?

  func validate() throws {
    if let delimiter, DatasetConfiguration.delimiter(delimiter) == nil {
      throw ValidationError("--delimiter must be one ASCII character, or tab, got '\(delimiter)'")
    }
  }

  func input(_ path: String) throws -> TableInput {
    var input = TableInput(path: path, delimiter: delimiter.flatMap { DatasetConfiguration.delimiter($0) })
    if let schema { input.columns = try ColumnSetting.list(path: schema) }
    return input
  }
}
