import MynahTensors

/// One training in progress: the networks, their optimisers and the data. `TrainingLoop` drives it.
///
/// ```swift
/// struct MyTask: TrainingTask {
///   mutating func step(at place: TrainingPlace) -> StepReport {
///     let slopes = gradients(of: loss, withRespectTo: network.parameters.trainableValues)
///     optimizer.update(network.parameters, along: slopes)
///     return StepReport(losses: ["loss": value], gradientNorms: ["network": globalNorm(slopes)])
///   }
///   …
/// }
/// ```
///
/// A training that is interrupted and restored from its `state` must go on exactly as if nothing had happened: whatever
/// `step` reads and changes belongs into the state, and what an epoch prepares may depend on the epoch's number only.
public protocol TrainingTask {
  associatedtype Model: FittedSynthesizer
  /// Steps in a pass over the table; 0 where there is nothing to learn.
  var stepsPerEpoch: Int { get }
  /// Rows of the table that a step takes.
  var rowsPerStep: Int { get }
  /// Called before an epoch's first step, and again when training goes on in the middle of one: draws the order of rows.
  mutating func epochBegan(_ epoch: Int)
  /// Moves the networks once.
  mutating func step(at place: TrainingPlace) -> StepReport
  /// The parameters that a model made now would keep, by path: the last ones, or their moving average.
  var modelValues: [String: Tensor] { get }
  /// The model with such parameters. It shares nothing with the networks in training.
  func model(keeping values: [String: Tensor]) throws -> Model
  /// Whether the model draws levels by their probability, so that a column of which it makes one level only is a collapse.
  /// True by default.
  var drawsLevels: Bool { get }
  /// Everything that `step` changes.
  var state: TrainingState { get }
  /// Goes back to a state of the same training.
  ///
  /// - Throws: `SynthesisError` when something is absent or does not fit.
  mutating func restore(_ state: TrainingState) throws(SynthesisError)
}

extension TrainingTask {
  public mutating func epochBegan(_ epoch: Int) {}
  public var drawsLevels: Bool { true }
}

/// Where training stands.
public struct TrainingPlace: Sendable, Equatable {
  /// Counted from 1.
  public var epoch: Int
  /// Counted from 1 within the epoch.
  public var step: Int
  /// The share of all steps that lie behind, in 0 ..< 1: for learning rates that follow a schedule.
  public var progress: Double

  public init(epoch: Int, step: Int, progress: Double) {
    self.epoch = epoch
    self.step = step
    self.progress = progress
  }
}

/// What came of a step.
public struct StepReport: Sendable, Equatable {
  /// By name, for example "generator" and "critic".
  public var losses: [String: Double]
  /// The Euclidean norm of all gradients, by network.
  public var gradientNorms: [String: Double]

  public init(losses: [String: Double], gradientNorms: [String: Double] = [:]) {
    self.losses = losses
    self.gradientNorms = gradientNorms
  }
}
