import MynahEncoders
import MynahRandomness
import MynahTables

/// Conditional variational autoencoder (Sohn, Lee and Yan, "Learning Structured Output Representation using Deep
/// Conditional Generative Models", NeurIPS 2015).
///
/// As `VAE`, but encoder and decoder are told one discrete column y, the label: q(z | x, y) and p(x | z, y). Training
/// minimises
///
///   E[−log p(x | z, y)] + β · KL(q(z | x, y) ‖ N(0, 1)).
///
/// The label is put beside the input of every layer of the decoder, as one-hot, and is not part of the reconstruction. In a
/// new row it is drawn by its frequency, or is what a condition asks for: such a condition is met by construction, so that
/// rare classes can be asked for in any number. Conditions on other columns are met by rejection.
///
/// ```swift
/// var settings = ConditionalVAE()
/// settings.conditionColumn = "income"
/// let model = try settings.fitted(to: table, using: &random, observer: SilentObserver())
/// let rich = try model.sample(1_000, given: [Condition(column: "income", value: ">50K")], using: &random)
/// ```
public struct ConditionalVAE: VariationalSynthesizer, VariationalHyperparameters, TargetConditioned, Equatable {
  public static let identifier = "conditional-vae"

  /// The categorical or boolean column that the model is told. Where it is empty, the command and experiment files put
  /// the target here.
  public var conditionColumn = ""
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

  public var design: AutoencoderDesign {
    var design = commonDesign
    design.conditionColumn = conditionColumn
    return design
  }

  public func validate() throws(SynthesisError) { try validateCommon() }

  /// - Throws: also `SynthesisError` without a condition column.
  public func fitted(
    to table: Table, using random: inout RandomSource, observer: any TrainingObserver
  ) throws -> FittedAutoencoder<ConditionalVAE> {
    try validate()
    try requireConditionColumn()
    return try FittedAutoencoder(self, trainedOn: table, using: &random, observer: observer)
  }
}
