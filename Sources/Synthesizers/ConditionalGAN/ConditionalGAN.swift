import MynahEncoders

/// The conditional GAN (Mirza and Osindero, "Conditional Generative Adversarial Nets", 2014): a GAN whose rows have a given
/// label, so that a rare class can be asked for.
///
/// The generator makes the other columns of a row from noise and the label, one-hot; the discriminator sees them with the
/// label. With D a logit they play the non-saturating game, t being `realTarget`:
///
/// - discriminator: −½ mean [t ln σ(D(x, y)) + (1 − t) ln(1 − σ(D(x, y)))] − ½ mean ln(1 − σ(D(G(z, y), y)))
/// - generator: −mean ln σ(D(G(z, y), y))
///
/// Labels are never generated: they are drawn by their frequency in the table, or are what a condition asks for. A
/// missing label is one of the labels.
public struct ConditionalGAN: AdversarialSynthesizer, TargetConditioned {
  public static let identifier = "conditional-gan"
  public typealias Fitted = FittedAdversarialModel<Self>

  /// The categorical or boolean column of labels; the table's target where none is named.
  public var conditionColumn = ""
  /// Whether training shows all labels equally often, so that rare ones are learned as well as others. Sampled labels
  /// follow the table all the same.
  public var isBalanced = false
  /// Passes over the table.
  public var epochs = 300
  /// Rows per step; a multiple of `pac`.
  public var batchSize = 500
  public var embeddingDimension = 128
  public var generatorDimensions = [256, 256]
  public var discriminatorDimensions = [256, 256]
  public var generatorLearningRate = 2e-4
  public var generatorDecay = 1e-6
  public var discriminatorLearningRate = 2e-4
  public var discriminatorDecay = 1e-6
  public var discriminatorSteps = 1
  public var discriminatorDropout = 0.5
  public var adamBeta1 = 0.5
  public var adamBeta2 = 0.999
  /// What D should say of a real row, in 0 < t ≤ 1; below 1 it is one-sided label smoothing (Salimans et al. 2016). The
  /// paper's: 1.
  public var realTarget = 0.9
  /// Standard deviation of the noise that is added to the levels of real and made rows before the discriminator sees them
  /// (Sønderby et al. 2017, Arjovsky and Bottou 2017). Without it, it tells made levels from real ones by their being not quite
  /// 0 or 1.
  public var instanceNoise = 0.2
  public var pac = 1
  public var temperature = 0.2
  public var emaDecay = 0.999
  /// Encoders of single columns, by name, in place of min-max scaling and one-hot levels.
  public var encoders: [String: EncoderChoice] = [:]
  public var learningRateSchedule = LearningRateSchedule.constant
  public var validationFraction = 0.1
  public var evaluateEvery = 10
  public var patience = 20
  public var maxMinutes = 0.0

  public init() {}

  public var loss: AdversarialLoss { .nonSaturating(realTarget: realTarget) }
  public var conditioning: Conditioning { .label(column: conditionColumn, by: isBalanced ? .uniform : .real) }
  public var tableEncoder: TableEncoder { TableEncoder(numbers: .scaled, columns: encoders) }

  public func validate() throws(SynthesisError) {
    try validateNetworks()
    try Require.target(realTarget, "realTarget")
  }
}

/// A trained conditional GAN.
public typealias FittedConditionalGAN = FittedAdversarialModel<ConditionalGAN>
