/// What training tells the outside, and asks of it. Calls come from the thread that trains.
public protocol TrainingObserver: Sendable {
  /// A named piece of work before the first epoch has begun, for example "fitting encoders".
  func stageBegan(_ name: String)
  /// An epoch is over. Returning `.stop` ends training with the model as it stands.
  func epochEnded(_ report: EpochReport) -> TrainingDecision
  /// Asked after every step; true ends training as soon as the model is usable (Ctrl-C).
  var shouldStop: Bool { get }
  /// Where training keeps checkpoints; nil for none.
  var checkpoints: (any CheckpointStore)? { get }
}

extension TrainingObserver {
  public var checkpoints: (any CheckpointStore)? { nil }
}

/// Whether training goes on after an epoch.
public enum TrainingDecision: Sendable { case proceed, stop }

/// What happened in one epoch; a line of `training.jsonl`.
public struct EpochReport: Codable, Sendable, Equatable {
  /// Counted from 1.
  public var epoch: Int
  public var epochs: Int
  public var seconds: Double
  /// Rows of the training table passed through per second.
  public var rowsPerSecond: Double
  /// Mean over the epoch's steps, by name, for example "generator" and "critic".
  public var losses: [String: Double]
  /// Mean over the epoch's steps of the Euclidean norm of all gradients, by network.
  public var gradientNorms: [String: Double]
  /// What sampled rows scored against the held-out part after this epoch; nil when they were not scored.
  public var quality: TrainingQuality?

  public init(
    epoch: Int, epochs: Int, seconds: Double, rowsPerSecond: Double, losses: [String: Double],
    gradientNorms: [String: Double] = [:], quality: TrainingQuality? = nil
  ) {
    self.epoch = epoch
    self.epochs = epochs
    self.seconds = seconds
    self.rowsPerSecond = rowsPerSecond
    self.losses = losses
    self.gradientNorms = gradientNorms
    self.quality = quality
  }
}

/// How near sampled rows are to the held-out part of the table: a point of the quality curve.
public struct TrainingQuality: Codable, Sendable, Equatable {
  /// Mean score of columns' shapes, in 0...1; 1 is best.
  public var shape: Double
  /// Mean score of pairs' trends, in 0...1; nil for a table without pairs.
  public var trend: Double?
  /// Whether it is better than every earlier one, so that its parameters are kept.
  public var isBest: Bool

  public init(shape: Double, trend: Double?, isBest: Bool) {
    self.shape = shape
    self.trend = trend
    self.isBest = isBest
  }

  /// What is compared: the mean of both.
  public var score: Double { trend.map { (shape + $0) / 2 } ?? shape }
}

/// Listens to nothing.
public struct SilentObserver: TrainingObserver {
  public init() {}
  public func stageBegan(_ name: String) {}
  public func epochEnded(_ report: EpochReport) -> TrainingDecision { .proceed }
  public var shouldStop: Bool { false }
}
