import ArgumentParser
import Mynah

/// `mynah`: one file per subcommand, in the order of the help.
struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mynah",
    abstract: "Learns a table and produces new rows that behave like it.",
    discussion: """
      Exit status: 0 done; 1 the work failed; 64 wrong usage; 65 bad data or configuration; 66 no such file; \
      73 cannot write. '-' is standard input or output.
      """,
    version: mynahVersion,
    subcommands: [
      RunCommand.self, FitCommand.self, SampleCommand.self, BalanceCommand.self, EvaluateCommand.self,
      InspectCommand.self,
    ])
}
