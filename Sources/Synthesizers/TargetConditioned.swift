/// A synthesizer that is told one column, the label, so that rows of a class can be asked for.
///
/// `mynah fit --target` and experiment files put the target here where the hyperparameters name no column.
public protocol TargetConditioned: Synthesizer {
  /// The categorical or boolean column that the model is told; empty until one is named.
  var conditionColumn: String { get set }
}

extension TargetConditioned {
  /// - Throws: `SynthesisError` when no column is named.
  func requireConditionColumn() throws(SynthesisError) {
    try Require.holds(
      !conditionColumn.isEmpty, "conditionColumn",
      "'\(Self.identifier)' needs the column it is conditioned on: name it by condition_column, or name a target")
  }
}
