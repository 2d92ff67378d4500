import MynahEncoders
import MynahNeuralNetworks
import MynahParallelism
import MynahRandomness
import MynahTables
import MynahTensors

/// One training of CTGAN: the networks, their optimisers, and the encoded table.
struct CTGANTrainer {
  private let settings: CTGAN
  private let encoder: FittedTableEncoder
  private let encoded: EncodedTable
  private let rowIndexes: [RowIndex]
  private let levelCounts: [[Int]]
  private let sampler: ConditionSampler
  private let game: CTGANGame
  private var generatorOptimizer: Adam
  private var criticOptimizer: Adam
  /// The generator's averaged parameters; nil where the last ones are kept.
  private var average: ExponentialMovingAverage?
  private var context: ForwardContext

  init(_ settings: CTGAN, encoder: FittedTableEncoder, encoded: EncodedTable, using random: inout RandomSource) {
    self.settings = settings
    self.encoder = encoder
    self.encoded = encoded
    rowIndexes = encoded.rowIndexes()
    levelCounts = rowIndexes.map { index in (0..<index.cardinality).map(index.count(of:)) }
    sampler = ConditionSampler(encoder.layout, counts: levelCounts)
    game = CTGANGame(settings, layout: encoder.layout, using: &random)
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

  /// The model, when training is over.
  var model: FittedCTGAN {
    FittedCTGAN(settings: settings, encoder: encoder, levelCounts: levelCounts, generator: game.generator)
  }

  /// Trains, and leaves the generator with the parameters that the model keeps.
  ///
  /// - Throws: `TrainingDiverged` when a loss, or a parameter at the end of an epoch, stops being a finite number.
  mutating func train(observer: any TrainingObserver) throws {
    try flushingDenormals { try trainEpochs(observer: observer) }
  }

  private mutating func trainEpochs(observer: any TrainingObserver) throws {
    // Nothing to learn where every column is constant or an identifier: the encoders make the rows.
    guard encoder.layout.width > 0 else { return }
    let steps = max(encoded.rowCount / settings.batchSize, 1)
    observer.stageBegan("training")
    var lastGood: [String: Tensor]?
    defer { if let lastGood { keep(lastGood) } }
    for epoch in 1...settings.epochs {
      let start = ContinuousClock.now
      var (criticTotal, generatorTotal, done) = (0.0, 0.0, 0)
      for step in 1...steps {
        for _ in 0..<settings.discriminatorSteps { criticTotal += criticStep() / Double(settings.discriminatorSteps) }
        generatorTotal += generatorStep()
        done = step
        guard criticTotal.isFinite, generatorTotal.isFinite else {
          throw diverged(
            epoch: epoch, step: step, criticTotal.isFinite ? "generator loss" : "critic loss", lastGood)
        }
        if observer.shouldStop { break }
      }
      // Parameters are copied when they are next changed, so this keeps them as they are now. The last update of an epoch
      // can break them though its loss was finite: what is kept must be fit for use.
      let values = average?.values ?? game.generator.parameters.values
      guard values.values.allSatisfy(\.isFinite) else {
        throw diverged(epoch: epoch, step: done, "size of the generator's parameters", lastGood)
      }
      lastGood = values
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let report = EpochReport(
        epoch: epoch, epochs: settings.epochs, seconds: seconds,
        rowsPerSecond: Double(done * settings.batchSize) / max(seconds, 1e-9),
        losses: ["critic": criticTotal / Double(done), "generator": generatorTotal / Double(done)])
      if observer.epochEnded(report) == .stop || observer.shouldStop { return }
    }
  }

  private func diverged(epoch: Int, step: Int, _ quantity: String, _ lastGood: [String: Tensor]?) -> TrainingDiverged {
    if let lastGood { keep(lastGood) }
    return TrainingDiverged(
      epoch: epoch, step: step, cause: .notFinite(quantity), lastGoodModel: lastGood == nil ? nil : model)
  }

  private func keep(_ values: [String: Tensor]) {
    for (path, parameter) in game.generator.parameters.leaves {
      if let value = values[path] { parameter.assign(value) }
    }
  }

  // MARK: Steps

  /// Moves the critic once; returns its loss.
  private mutating func criticStep() -> Double {
    let conditions = drawConditions()
    let fake = withoutRecording { game.heads.activated(logits(conditions), using: &context.random) }
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
    return loss
  }

  /// Moves the generator once; returns its loss.
  private mutating func generatorStep() -> Double {
    let parameters = game.generator.parameters
    let (loss, slopes) = Self.differentiated(generatorLoss(), parameters)
    generatorOptimizer.update(parameters, along: slopes)
    average?.update(from: parameters)
    return loss
  }

  private mutating func generatorLoss() -> Tensor {
    let conditions = drawConditions()
    let logits = logits(conditions)
    let fake = game.heads.activated(logits, using: &context.random)
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
    sampler.draw(settings.batchSize, by: settings.logFrequency ? .logarithmic : .real, using: &context.random)
  }

  private mutating func logits(_ conditions: ConditionSampler.Batch) -> Tensor {
    let noise = Tensor.normal([settings.batchSize, settings.embeddingDimension], using: &context.random)
    return game.logits(noise: noise, conditions: conditions.codes, in: &context)
  }

  private func widened(_ rows: [Int32]) -> Tensor {
    Tensor(shape: [rows.count, encoder.layout.width], of: Float.self) { output in
      rows.withUnsafeBufferPointer { rows in
        if let base = output.baseAddress { encoded.widen(rows: rows, into: base) }
      }
    }
  }
}
