import ArgumentParser
import Mynah

/// The command `mynah`, for programs that have models, resamplers, encoders or metrics of their own.
///
/// ```swift
/// var registry = Registry.standard
/// registry.register(MyModel.self)
/// MynahProgram.main(registry: registry)
/// ```
///
/// is all of such a program: its `run`, `fit`, `sample`, `balance`, `evaluate` and `inspect` know `MyModel` as
/// they know `ctgan`.
public enum MynahProgram {
  /// What the subcommands look kinds up in.
  @TaskLocal static var registry = Registry.standard

  /// Does what the program's arguments say, and ends the program where that fails. Called once, from the main thread.
  ///
  /// - Parameter registry: the kinds of models, the resamplers, the encoders and the metrics there are.
  public static func main(registry: Registry = .standard) {
    claimMatrixProducts()
    Interruption.install()
    $registry.withValue(registry) {
      do {
        var command = try RootCommand.parseAsRoot(
          BalanceCommand.expanding(Array(CommandLine.arguments.dropFirst())))
        try command.run()
      } catch {
        Failure.exit(with: error)
      }
    }
  }
}
