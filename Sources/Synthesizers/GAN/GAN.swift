import MynahEncoders

/// The generative adversarial network (Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville and Bengio,
/// "Generative Adversarial Nets", NeurIPS 2014), on encoded rows of a table.
///
/// A discriminator D tells real rows from made ones, and a generator G makes rows that it takes for real. With D(x) a
/// logit and σ the logistic function they play the paper's non-saturating game:
///
/// - discriminator: −½ mean [t ln σ(D(x)) + (1 − t) ln(1 − σ(D(x)))] − ½ mean ln(1 − σ(D(G(z)))), t = `realTarget`
/// - generator: −mean ln σ(D(G(z)))
///
/// The paper's networks are for pictures. Here G is a residual network whose rows end in tanh for scalars and
/// Gumbel-softmax for levels; D has LeakyReLU and dropout and judges one row at a time. One-sided label smoothing and a
/// moving average of the generator keep it from collapsing, as it easily does on tables with rare levels.
///
/// Rows with given values are drawn until enough meet the conditions: the networks know none.
public struct GAN: AdversarialSynthesizer {
  public static let identifier = "gan"
  public typealias Fitted = FittedAdversarialModel<Self>

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
  public var conditioning: Conditioning { .none }
  public var tableEncoder: TableEncoder { TableEncoder(numbers: .scaled, columns: encoders) }

  public func validate() throws(SynthesisError) {
    try validateNetworks()
    try Require.target(realTarget, "realTarget")
  }
}

/// A trained GAN.
public typealias FittedGAN = FittedAdversarialModel<GAN>
