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
