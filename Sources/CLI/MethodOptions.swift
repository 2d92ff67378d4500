import ArgumentParser
import Mynah

/// Which method balances, and its hyperparameters.
struct MethodOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How rows are made or removed: \(MynahProgram.registry.resamplers.joined(separator: ", ")); or the kind of a model: "
        + "\(MynahProgram.registry.kinds.joined(separator: ", ")).", valueName: "kind"))
  var method: String

  @Option(help: ArgumentHelp("How many neighbours a row has: the method's k_neighbors or n_neighbors.", valueName: "k"))
  var neighbours: Int?

  @Option(
    name: .customLong("set"), help: ArgumentHelp("A hyperparameter: --set k_neighbors=3.", valueName: "key=value"))
  var settings: [String] = []

  func validate() throws {
    let usual: BalancingMethod
    do {
      usual = try MynahProgram.registry.balancingMethod(method)
    } catch let error as ExperimentError {
      throw ValidationError(error.message)
    }
    guard let neighbours else { return }
    guard Self.neighboursKey(of: usual) != nil else {
      throw ValidationError("--neighbours: '\(method)' has no neighbours; leave the option out")
    }
    if neighbours < 1 { throw ValidationError("--neighbours must be at least 1, got \(neighbours)") }
  }

  /// - Throws: `ExperimentError` for an unknown hyperparameter or an impossible value.
  func balancingMethod() throws -> BalancingMethod {
    var changes = try settings.map { text throws(ExperimentError) in try SettingOverride(text) }
    if let neighbours, let key = Self.neighboursKey(of: try MynahProgram.registry.balancingMethod(method)) {
      changes.append(SettingOverride(key, neighbours, option: "--neighbours \(neighbours)"))
    }
    return try MynahProgram.registry.balancingMethod(method, settings: changes)
  }

  /// Cleaners have neighbours of another name.
  private static func neighboursKey(of method: BalancingMethod) -> String? {
    ["k_neighbors", "n_neighbors"].first { method.hyperparameterNames.contains($0) }
  }
}
