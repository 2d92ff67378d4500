import MynahEncoders
import MynahRandomness
import MynahTables

/// Variational autoencoder (Kingma and Welling, "Auto-Encoding Variational Bayes", ICLR 2014), with a weighted divergence
/// (Higgins et al., "beta-VAE", ICLR 2017).
///
/// An encoder maps a row x to a normal distribution q(z | x) of a latent vector, and a decoder maps z back to p(x | z).
/// Numbers are quantile-normalised, so that each is a standard normal scalar, and have a normal likelihood whose mean the
/// decoder gives and whose σ is learned for each column; levels have a softmax likelihood. Training minimises
///
///   E[−log p(x | z)] + β · KL(q(z | x) ‖ N(0, 1)),
///
/// with β = 1 the negative evidence lower bound. β may grow from 0 over the first epochs, so that the decoder learns to use
/// z before z is held to its prior. A new row is drawn by z ~ N(0, 1), then x ~ p(x | z). Conditions are met by rejection.
///
/// ```swift
/// let model = try VAE().fitted(to: table, using: &random, observer: SilentObserver())
/// let rows = try model.sample(1_000, given: [], using: &random)
/// ```
public struct VAE: VariationalSynthesizer, VariationalHyperparameters, Equatable {
  public static let identifier = "vae"

  /// Passes over the table.
  public var epochs = 300
  /// Rows per step; the last step of an epoch takes what is left.
  public var batchSize = 500
  /// Length of the latent vector.
  public var latentDimension = 128
  /// Widths of the encoder's hidden layers.
  public var encoderDimensions = [128, 128]
  /// Widths of the decoder's hidden layers.
  public var decoderDimensions = [128, 128]
  /// β, the weight of the divergence.
  public var beta = 1.0
  /// Epochs over which the weight grows linearly from 0 to β; 0 begins with β.
  public var betaAnnealingEpochs = 0
  /// Adam's step size.
  public var learningRate = 1e-3
  /// Adam's L2 penalty.
  public var weightDecay = 1e-5
  /// How the learning rate changes over training.
  public var learningRateSchedule = LearningRateSchedule.constant
  /// Decay of the moving average of the decoder's parameters that the model keeps, in 0 ..< 1 per step; 0 keeps the last
  /// parameters.
  public var emaDecay = 0.0
  /// The least σ of a scalar, above 0 and at most 1. A scalar that is known more exactly than that costs no more: the
  /// latent vector has room for the levels then.
  public var minimumDeviation = 0.01
  /// How levels come from the decoder's softmax.
  public var sampling = LevelSampling.draw
  /// Encoders of single columns, by name, in place of quantiles and one-hot.
  public var encoders: [String: EncoderChoice] = [:]
  public var validationFraction = 0.1
  public var evaluateEvery = 10
  public var patience = 10
  public var maxMinutes = 0.0

  public init() {}

  public var design: AutoencoderDesign { commonDesign }

  public func validate() throws(SynthesisError) { try validateCommon() }

  public func fitted(
    to table: Table, using random: inout RandomSource, observer: any TrainingObserver
  ) throws -> FittedAutoencoder<VAE> {
    try validate()
    return try FittedAutoencoder(self, trainedOn: table, using: &random, observer: observer)
  }
}
