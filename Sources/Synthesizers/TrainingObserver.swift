/// What training tells the outside, and asks of it. Calls come from the thread that trains.
public protocol TrainingObserver: Sendable {
  /// A named piece of work before the first epoch has begun, for example "fitting encoders".
  func stageBegan(_ name: String)
  /// An epoch is over. Returning `.stop` ends training with the model as it stands.
  func epochEnded(_ report: EpochReport) -> TrainingDecision
  /// Asked after every step; true ends training as soon as the model is usable (Ctrl-C).
  var shouldStop: Bool { get }
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

  public init(epoch: Int, epochs: Int, seconds: Double, rowsPerSecond: Double, losses: [String: Double]) {
    self.epoch = epoch
    self.epochs = epochs
    self.seconds = seconds
    self.rowsPerSecond = rowsPerSecond
    self.losses = losses
  }
}

/// Listens to nothing.
public struct SilentObserver: TrainingObserver {
  public init() {}
  public func stageBegan(_ name: String) {}
  public func epochEnded(_ report: EpochReport) -> TrainingDecision { .proceed }
  public var shouldStop: Bool { false }
}
