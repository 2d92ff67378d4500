import Mynah

/// A normalising flow on encoded rows: numbers by quantiles, levels one-hot with Gaussian noise (RealNVP; Dinh,
/// Sohl-Dickstein and Bengio, "Density estimation using Real NVP", ICLR 2017).
public struct CouplingFlow: IterativeSynthesizer {
  public static let identifier = "coupling-flow"

  // What the training loop reads of every model that is trained epoch by epoch.
  public var epochs = 60
  public var batchSize = 200
  public var validationFraction = 0.1
  public var evaluateEvery = 5
  public var patience = 5
  public var maxMinutes = 0.0

  /// Coupling layers; at least two, so that every feature is changed.
  public var layers = 6
  /// Width of the hidden layer in each.
  public var hidden = 64
  public var learningRate = 2e-3
  /// Standard deviation of the noise on encoded rows: a flow models densities, and levels have none.
  public var noise = 0.1

  public init() {}

  /// Errors name the property, so that an experiment file's line can be named too.
  public func validate() throws(SynthesisError) {
    try validateTraining()
    guard (2...64).contains(layers) else {
      throw SynthesisError("layers must be in 2...64, got \(layers)", hyperparameter: "layers")
    }
    guard (1...4_096).contains(hidden) else {
      throw SynthesisError("hidden must be in 1...4096, got \(hidden)", hyperparameter: "hidden")
    }
    guard learningRate > 0, learningRate.isFinite else {
      throw SynthesisError("learning_rate must be above 0, got \(learningRate)", hyperparameter: "learningRate")
    }
    guard (0.001...1).contains(noise) else {
      throw SynthesisError("noise must be in 0.001...1, got \(noise)", hyperparameter: "noise")
    }
  }

  /// Encodes the table, holds a part of it out, and hands the rest to the loop.
  public func fitted(
    to table: Table, using random: inout RandomSource, observer: any TrainingObserver
  ) throws -> FittedCouplingFlow {
    try validate()
    let data = try TrainingData(
      table, encoders: TableEncoder(numbers: .quantile), for: self, using: &random, observer: observer)
    var training = FlowTraining(self, data, using: &random)
    return try TrainingLoop(self, heldOut: data.heldOut, observer: observer).train(&training, using: &random)
  }
}
