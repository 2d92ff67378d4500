import MynahEncoders
import MynahNeuralNetworks
import MynahParallelism
import MynahRandomness
import MynahTables
import MynahTensors

/// One training of an adversarial model: the networks, their optimisers, and the encoded table.
struct AdversarialTraining<Settings: AdversarialSynthesizer>: TrainingTask {
  private let settings: Settings
  private let encoder: FittedTableEncoder
  private let encoded: EncodedTable
  private let rowIndexes: [RowIndex]
  private let levelCounts: [[Int]]
  private let sampler: ConditionSampler
  private let game: AdversarialGame
  private var generatorOptimizer: Adam
  private var criticOptimizer: Adam
  /// The generator's averaged parameters; nil where the last ones are kept.
  private var average: ExponentialMovingAverage?
  private var context: ForwardContext

  init(
    _ settings: Settings, encoder: FittedTableEncoder, encoded: EncodedTable, using random: inout RandomSource
  ) throws(SynthesisError) {
    self.settings = settings
    self.encoder = encoder
    self.encoded = encoded
    let space = try ConditionSpace(settings.conditioning, encoder)
    rowIndexes = space.columns.compactMap { column in
      guard case .codes(let codes) = encoded.blocks[column.block] else { return nil }
      return RowIndex(codes)
    }
    levelCounts = rowIndexes.map { index in (0..<index.cardinality).map(index.count(of:)) }
    sampler = ConditionSampler(space, counts: levelCounts)
    game = AdversarialGame(settings, encoder.layout, space, using: &random)
    func adam(_ learningRate: Double, _ decay: Double) -> Adam {
      Adam(
        learningRate: learningRate, beta1: settings.adamBeta1, beta2: settings.adamBeta2, epsilon: 1e-8,
        weightDecay: decay)
    }
    generatorOptimizer = adam(settings.generatorLearningRate, settings.generatorDecay)
    criticOptimizer = adam(settings.discriminatorLearningRate, settings.discriminatorDecay)
    average =
      settings.emaDecay > 0
      ? ExponentialMovingAverage(of: game.generator.parameters, decay: settings.emaDecay) : nil
    context = ForwardContext(phase: .training, random: random.split())
  }

  /// None where every column is constant or an identifier: the encoders make the rows.
  var stepsPerEpoch: Int { encoder.layout.width == 0 ? 0 : max(encoded.rowCount / settings.batchSize, 1) }
  var rowsPerStep: Int { settings.batchSize }
  var modelValues: [String: Tensor] { average?.values ?? game.generator.parameters.values }

  func model(keeping values: [String: Tensor]) throws -> FittedAdversarialModel<Settings> {
    FittedAdversarialModel(
      settings: settings, encoder: encoder, space: game.space, levelCounts: levelCounts,
      generator: try Generator(settings, encoder.layout, game.space, values: values))
  }

  var state: TrainingState {
    var state = TrainingState()
    state.keep(game.generator.parameters, as: "generator")
    state.keep(game.critic.parameters, as: "critic")
    state.keep(generatorOptimizer, as: "generator_optimizer")
    state.keep(criticOptimizer, as: "critic_optimizer")
    state.keep(average, as: "average")
    state.random["steps"] = context.random
    return state
  }

  mutating func restore(_ state: TrainingState) throws(SynthesisError) {
    try state.restore(game.generator.parameters, from: "generator")
    try state.restore(game.critic.parameters, from: "critic")
    try state.restore(&generatorOptimizer, of: game.generator.parameters, from: "generator_optimizer")
    try state.restore(&criticOptimizer, of: game.critic.parameters, from: "critic_optimizer")
    try state.restore(&average, from: "average")
    context.random = try state.randomSource("steps")
  }

  mutating func step(at place: TrainingPlace) -> StepReport {
    let factor = settings.learningRateSchedule.factor(at: place.progress)
    generatorOptimizer.learningRate = settings.generatorLearningRate * factor
    criticOptimizer.learningRate = settings.discriminatorLearningRate * factor
    var critic = (loss: 0.0, norm: 0.0)
    for _ in 0..<settings.discriminatorSteps {
      let step = criticStep()
      critic.loss += step.loss / Double(settings.discriminatorSteps)
      critic.norm = max(critic.norm, step.norm)
    }
    let generator = generatorStep()
    return StepReport(
      losses: [settings.loss.judge: critic.loss, "generator": generator.loss],
      gradientNorms: [settings.loss.judge: critic.norm, "generator": generator.norm])
  }

  // MARK: Steps

  /// Moves the critic once; returns its loss and the norm of its gradients.
  private mutating func criticStep() -> (loss: Double, norm: Double) {
    let conditions = drawConditions()
    let fake = withoutRecording { encodedRows(logits(conditions), conditions) }
    // The real rows meet the same conditions in another order.
    let permuted = conditions.permuted(
      sampler.columns.isEmpty ? [] : context.random.permutation(settings.batchSize))
    let rows = ConditionSampler.rows(
      meeting: permuted, count: settings.batchSize, of: encoded.rowCount, rowIndexes, using: &context.random)
    let mix = Tensor.uniform([settings.batchSize / settings.pac, 1], using: &context.random)
    let parameters = game.critic.parameters
    let (loss, slopes) = Self.differentiated(
      game.criticLoss(
        real: widened(rows), realConditions: permuted.codes, fake: fake, fakeConditions: conditions.codes, mix: mix,
        in: &context), parameters)
    criticOptimizer.update(parameters, along: slopes)
    return (loss, globalNorm(slopes))
  }

  /// Moves the generator once; returns its loss and the norm of its gradients.
  private mutating func generatorStep() -> (loss: Double, norm: Double) {
    let parameters = game.generator.parameters
    let (loss, slopes) = Self.differentiated(generatorLoss(), parameters)
    generatorOptimizer.update(parameters, along: slopes)
    average?.update(from: parameters)
    return (loss, globalNorm(slopes))
  }

  private mutating func generatorLoss() -> Tensor {
    let conditions = drawConditions()
    let logits = logits(conditions)
    let fake = encodedRows(logits, conditions)
    return game.generatorLoss(logits: logits, fake: fake, conditions: conditions, in: &context)
  }

  /// A loss's value and gradients. The recorded computation ends here: it shares the parameters' storage, and they would
  /// be copied instead of updated in place while it lives.
  private static func differentiated(
    _ loss: consuming Tensor, _ parameters: ParameterTree
  ) -> (value: Double, gradients: [Tensor]) {
    let slopes = gradients(of: loss, withRespectTo: parameters.trainableValues)
    return (loss.item, slopes)
  }

  private mutating func drawConditions() -> ConditionSampler.Batch {
    sampler.draw(settings.batchSize, by: settings.conditioning.frequencies, using: &context.random)
  }

  private mutating func logits(_ conditions: ConditionSampler.Batch) -> Tensor {
    let noise = Tensor.normal([settings.batchSize, settings.embeddingDimension], using: &context.random)
    return game.logits(noise: noise, conditions: conditions.codes, in: &context)
  }

  private mutating func encodedRows(_ logits: Tensor, _ conditions: ConditionSampler.Batch) -> Tensor {
    game.rows(logits, conditions: conditions, noise: .gumbel(logits.shape, using: &context.random))
  }

  private func widened(_ rows: [Int32]) -> Tensor {
    Tensor(shape: [rows.count, encoder.layout.width], of: Float.self) { output in
      rows.withUnsafeBufferPointer { rows in
        if let base = output.baseAddress { encoded.widen(rows: rows, into: base) }
      }
    }
  }
}
