import MynahEncoders
import MynahRandomness
import MynahTables

/// A generative adversarial network for tables: a generator makes encoded rows from noise, and a critic that sees real and
/// made rows tells how to make them better. The members of the family differ in what they play for (`loss`), in what the
/// networks are told (`conditioning`), in how columns are encoded, and in their defaults; all else they share.
///
/// The generator is residual: each block's output stands beside its input. The critic has LeakyReLU and dropout between
/// its layers and no normalisation. Rows end in tanh for scalars and Gumbel-softmax for levels and modes.
public protocol AdversarialSynthesizer: IterativeSynthesizer, Equatable where Fitted == FittedAdversarialModel<Self> {
  /// Length of the noise vector.
  var embeddingDimension: Int { get set }
  /// Width of each residual block of the generator.
  var generatorDimensions: [Int] { get set }
  /// Width of each hidden layer of the critic; at least one.
  var discriminatorDimensions: [Int] { get set }
  /// Adam's step size for the generator.
  var generatorLearningRate: Double { get set }
  /// Adam's L2 penalty for the generator.
  var generatorDecay: Double { get set }
  /// Adam's step size for the critic.
  var discriminatorLearningRate: Double { get set }
  /// Adam's L2 penalty for the critic.
  var discriminatorDecay: Double { get set }
  /// Critic updates per generator update.
  var discriminatorSteps: Int { get set }
  /// Dropout of the critic, in 0 ..< 1.
  var discriminatorDropout: Double { get set }
  /// Adam's β₁, both networks.
  var adamBeta1: Double { get set }
  /// Adam's β₂, both networks.
  var adamBeta2: Double { get set }
  /// Rows that the critic sees as one sample (PacGAN, Lin et al. 2018).
  var pac: Int { get set }
  /// Temperature of the Gumbel-softmax.
  var temperature: Double { get set }
  /// Decay of the moving average of the generator's parameters that the model keeps, in 0 ..< 1 per step; 0 keeps the
  /// last parameters.
  var emaDecay: Double { get set }
  /// How both learning rates change over training.
  var learningRateSchedule: LearningRateSchedule { get set }

  /// What the networks play for.
  var loss: AdversarialLoss { get }
  /// Standard deviation of the noise that is added to the levels of all rows that the critic sees; 0 for none.
  var instanceNoise: Double { get }
  /// What the networks are told.
  var conditioning: Conditioning { get }
  /// How columns are encoded.
  var tableEncoder: TableEncoder { get }
}

extension AdversarialSynthesizer {
  public var instanceNoise: Double { 0 }

  public func fitted(
    to table: Table, using random: inout RandomSource, observer: any TrainingObserver
  ) throws -> FittedAdversarialModel<Self> {
    try validate()
    let data = try TrainingData(table, encoders: tableEncoder, for: self, using: &random, observer: observer) {
      encoder in
      let space = try ConditionSpace(conditioning, encoder)
      try AdversarialMemory(self, encoder.layout, space).check(names: table.schema.columns.map(\.name), encoder.layout)
    }
    var training = try AdversarialTraining(self, encoder: data.encoder, encoded: data.encoded, using: &random)
    return try TrainingLoop(self, heldOut: data.heldOut, observer: observer).train(&training, using: &random)
  }

  /// Checks what the whole family has in common.
  ///
  /// - Throws: `SynthesisError` that names the hyperparameter.
  public func validateNetworks() throws(SynthesisError) {
    try validateTraining()
    try Require.positive(embeddingDimension, "embeddingDimension")
    try Require.positive(discriminatorSteps, "discriminatorSteps")
    try Require.positive(pac, "pac")
    try Require.positive(generatorDimensions, "generatorDimensions")
    try Require.positive(discriminatorDimensions, "discriminatorDimensions")
    try Require.holds(
      !discriminatorDimensions.isEmpty, "discriminatorDimensions",
      "discriminator_dimensions must name at least one layer")
    try Require.holds(
      batchSize % pac == 0, "batchSize",
      "batch_size must be a multiple of pac, got \(batchSize) and \(pac); \(max(1, batchSize / pac) * pac) would do")
    try Require.holds(
      batchSize >= 2, "batchSize", "batch_size must be at least 2, for batch normalisation, got \(batchSize)")
    try Require.positive(generatorLearningRate, "generatorLearningRate")
    try Require.positive(discriminatorLearningRate, "discriminatorLearningRate")
    try Require.positive(temperature, "temperature")
    try Require.notNegative(generatorDecay, "generatorDecay")
    try Require.notNegative(discriminatorDecay, "discriminatorDecay")
    try Require.fraction(discriminatorDropout, "discriminatorDropout")
    try Require.fraction(adamBeta1, "adamBeta1")
    try Require.fraction(adamBeta2, "adamBeta2")
    try Require.fraction(emaDecay, "emaDecay")
    try Require.notNegative(instanceNoise, "instanceNoise")
  }
}

extension EncoderChoice {
  /// Numbers scaled to −1...1 by their range; values that stand out, such as the zeros of an amount that is mostly zero,
  /// have levels of their own.
  static var scaled: EncoderChoice {
    var encoder = MinMaxEncoder()
    encoder.spikes = SpikeFinder()
    return EncoderChoice(encoder)
  }
}
