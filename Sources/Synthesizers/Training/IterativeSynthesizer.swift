/// A synthesizer that is trained epoch by epoch, by `TrainingLoop`.
///
/// A part of the table is held out and not trained on. Every `evaluateEvery` epochs, rows are sampled and their column
/// shapes and pair trends held against that part; the parameters that scored best are what the fitted model keeps.
public protocol IterativeSynthesizer: Synthesizer {
  /// Passes over the table, at most.
  var epochs: Int { get set }
  /// Rows per step.
  var batchSize: Int { get set }
  /// The share of rows held out for scoring, in 0 ..< 1; 0 trains on all rows, scores nothing and keeps the last
  /// parameters. At most 10,000 rows are held out, and none of a table with fewer than 500.
  var validationFraction: Double { get set }
  /// Epochs between two scores.
  var evaluateEvery: Int { get set }
  /// Scores in a row without a better one after which training ends; 0 never ends it.
  var patience: Int { get set }
  /// Minutes of training after which it ends with the best model so far; 0 sets no limit.
  var maxMinutes: Double { get set }
}

extension IterativeSynthesizer {
  /// Checks what every epoch-trained model has in common.
  ///
  /// - Throws: `SynthesisError` that names the hyperparameter.
  public func validateTraining() throws(SynthesisError) {
    try Require.positive(epochs, "epochs")
    try Require.positive(batchSize, "batchSize")
    try Require.holds(
      (0..<1).contains(validationFraction), "validationFraction",
      "validation_fraction must be in 0 ..< 1, got \(validationFraction)")
    try Require.positive(evaluateEvery, "evaluateEvery")
    try Require.holds(patience >= 0, "patience", "patience must not be below 0, got \(patience)")
    try Require.notNegative(maxMinutes, "maxMinutes")
  }
}
