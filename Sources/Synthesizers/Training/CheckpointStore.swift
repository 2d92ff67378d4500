/// Where training keeps what it needs to go on after an interruption.
///
/// A checkpoint holds weights, optimisers, random state, the best model so far and the state of early stopping. A run
/// that continues from one ends with the same bytes as a run that was never interrupted.
public protocol CheckpointStore: Sendable {
  /// The checkpoint to continue from; nil to begin at the beginning.
  ///
  /// - Throws: When there is one that cannot be read, or that is of another table or configuration.
  func load() throws -> ModelArchive?
  /// Keeps a checkpoint in place of the earlier one. When it cannot, the earlier one stays good.
  func save(_ checkpoint: ModelArchive) throws
  /// Asked after every step: whether it is time for a checkpoint. When checkpoints are made has no influence on what is
  /// learned.
  var isDue: Bool { get }
}
