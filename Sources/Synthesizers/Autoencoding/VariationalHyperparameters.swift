import MynahEncoders

/// What `VAE` and `ConditionalVAE` have in common.
protocol VariationalHyperparameters: IterativeSynthesizer {
  var latentDimension: Int { get }
  var encoderDimensions: [Int] { get }
  var decoderDimensions: [Int] { get }
  var beta: Double { get }
  var betaAnnealingEpochs: Int { get }
  var learningRate: Double { get }
  var weightDecay: Double { get }
  var learningRateSchedule: LearningRateSchedule { get }
  var emaDecay: Double { get }
  var sampling: LevelSampling { get }
  var minimumDeviation: Double { get }
  var encoders: [String: EncoderChoice] { get }
}

extension VariationalHyperparameters {
  var commonDesign: AutoencoderDesign {
    var design = AutoencoderDesign()
    design.latentDimension = latentDimension
    design.encoderDimensions = encoderDimensions
    design.decoderDimensions = decoderDimensions
    design.beta = beta
    design.annealingEpochs = betaAnnealingEpochs
    design.learningRate = learningRate
    design.weightDecay = weightDecay
    design.learningRateSchedule = learningRateSchedule
    design.emaDecay = emaDecay
    design.sampling = sampling
    design.minimumDeviation = minimumDeviation
    design.encoders = TableEncoder(numbers: .quantile, columns: encoders)
    return design
  }

  func validateCommon() throws(SynthesisError) {
    try validateTraining()
    try Require.positive(latentDimension, "latentDimension")
    try Require.positive(encoderDimensions, "encoderDimensions")
    try Require.positive(decoderDimensions, "decoderDimensions")
    try Require.notNegative(beta, "beta")
    try Require.holds(
      betaAnnealingEpochs >= 0, "betaAnnealingEpochs",
      "beta_annealing_epochs must not be below 0, got \(betaAnnealingEpochs)")
    try Require.positive(learningRate, "learningRate")
    try Require.notNegative(weightDecay, "weightDecay")
    try Require.holds(
      minimumDeviation > 0 && minimumDeviation <= 1, "minimumDeviation",
      "minimum_deviation must be above 0 and at most 1, got \(minimumDeviation)")
    try Require.fraction(emaDecay, "emaDecay")
  }
}
