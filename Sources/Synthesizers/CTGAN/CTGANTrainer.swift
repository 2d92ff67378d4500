import MynahEncoders
import MynahNeuralNetworks
import MynahParallelism
import MynahRandomness
import MynahTables
import MynahTensors

/// One training of CTGAN: the two networks, their optimisers, and the encoded table.
struct CTGANTrainer {
  let settings: CTGAN
  let encoder: FittedTableEncoder
  let encoded: EncodedTable
  let rowIndexes: [RowIndex]
  let sampler: ConditionSampler
  let heads: OutputHeads
  let generator: Generator
  let critic: Critic
  var generatorOptimizer: Adam
  var criticOptimizer: Adam
  var context: ForwardContext

  init(_ settings: CTGAN, encoder: FittedTableEncoder, encoded: EncodedTable, using random: inout RandomSource) {
    let layout = encoder.layout
    self.settings = settings
    self.encoder = encoder
    self.encoded = encoded
    rowIndexes = encoded.rowIndexes()
    sampler = ConditionSampler(
      layout, counts: rowIndexes.map { index in (0..<index.cardinality).map(index.count(of:)) })
    heads = OutputHeads(layout, temperature: settings.temperature)
    generator = Generator(
      noise: settings.embeddingDimension, condition: layout.conditionWidth, hidden: settings.generatorDimensions,
      width: layout.width, using: &random)
    critic = Critic(
      width: layout.width, condition: layout.conditionWidth, pac: settings.pac,
      hidden: settings.discriminatorDimensions, dropout: settings.discriminatorDropout, using: &random)
    func adam(_ learningRate: Double, _ decay: Double) -> Adam {
      Adam(
        learningRate: learningRate, beta1: settings.adamBeta1, beta2: settings.adamBeta2, epsilon: 1e-8,
        weightDecay: decay)
    }
    generatorOptimizer = adam(settings.generatorLearningRate, settings.generatorDecay)
    criticOptimizer = adam(settings.discriminatorLearningRate, settings.discriminatorDecay)
    context = ForwardContext(phase: .training, random: random.split())
  }

  /// The model as it stands.
  var model: FittedCTGAN {
    FittedCTGAN(
      settings: settings, encoder: encoder,
      levelCounts: rowIndexes.map { index in (0..<index.cardinality).map(index.count(of:)) },
      generator: generator)
  }

  /// - Throws: `TrainingDiverged` when a loss stops being a finite number.
  mutating func train(observer: any TrainingObserver) throws {
    // Nothing to learn where every column is constant or an identifier: the encoders make the rows.
    guard encoder.layout.width > 0 else { return }
    flushDenormals()
    let steps = max(encoded.rowCount / settings.batchSize, 1)
    observer.stageBegan("training")
    var lastGood: [String: Tensor]?
    for epoch in 1...settings.epochs {
      let start = ContinuousClock.now
      var (criticTotal, generatorTotal, done) = (0.0, 0.0, 0)
      for step in 1...steps {
        for _ in 0..<settings.discriminatorSteps { criticTotal += criticStep() / Double(settings.discriminatorSteps) }
        generatorTotal += generatorStep()
        done = step
        guard criticTotal.isFinite, generatorTotal.isFinite else {
          throw diverged(epoch: epoch, step: step, isCritic: !criticTotal.isFinite, lastGood)
        }
        if observer.shouldStop { break }
      }
      // Parameters are copied when they are next changed, so this keeps them as they are now.
      lastGood = generator.parameters.values
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let report = EpochReport(
        epoch: epoch, epochs: settings.epochs, seconds: seconds,
        rowsPerSecond: Double(done * settings.batchSize) / max(seconds, 1e-9),
        losses: ["critic": criticTotal / Double(done), "generator": generatorTotal / Double(done)])
      if observer.epochEnded(report) == .stop || observer.shouldStop { return }
    }
  }

  private func diverged(epoch: Int, step: Int, isCritic: Bool, _ lastGood: [String: Tensor]?) -> TrainingDiverged {
    var kept: FittedCTGAN?
    if let lastGood, (try? generator.parameters.assign(lastGood)) != nil { kept = model }
    return TrainingDiverged(epoch: epoch, step: step, loss: isCritic ? "critic" : "generator", lastGoodModel: kept)
  }

  // MARK: Steps

  private var batchSize: Int { settings.batchSize }

  /// Moves the critic once; returns its loss.
  mutating func criticStep() -> Double {
    let conditions = drawConditions()
    let fake = withoutRecording { heads.activated(logits(conditions), using: &context.random) }
    // The real rows meet the same conditions in another order.
    let permuted = conditions.permuted(sampler.columns.isEmpty ? [] : context.random.permutation(batchSize))
    let rows = ConditionSampler.rows(
      meeting: permuted, count: batchSize, of: encoded.rowCount, rowIndexes, using: &context.random)
    let mix = Tensor.uniform([batchSize / settings.pac, 1], using: &context.random)
    let loss = criticLoss(
      real: widened(rows), realConditions: permuted.codes, fake: fake, fakeConditions: conditions.codes, mix: mix)
    let parameters = critic.parameters
    criticOptimizer.update(parameters, along: gradients(of: loss, withRespectTo: parameters.trainableValues))
    return loss.item
  }

  /// mean D(fake) − mean D(real) + λ · gradient penalty. Real and fake packs go through the critic together.
  mutating func criticLoss(
    real: Tensor, realConditions: [Int32], fake: Tensor, fakeConditions: [Int32], mix: Tensor
  ) -> Tensor {
    let packs = batchSize / settings.pac
    let product = critic.firstLayer(
      concatenate([real, fake]), conditions: realConditions + fakeConditions)
    let judged = critic.rest(product, in: &context)
    let difference = judged.sliced(packs..<2 * packs).mean() - judged.sliced(0..<packs).mean()
    guard settings.gradientPenalty > 0 else { return difference }
    let penalty = critic.gradientPenalty(
      real: product.sliced(0..<packs), fake: product.sliced(packs..<2 * packs), mix: mix, in: &context)
    return difference + penalty * settings.gradientPenalty
  }

  /// Moves the generator once; returns its loss.
  mutating func generatorStep() -> Double {
    let conditions = drawConditions()
    let logits = logits(conditions)
    let fake = heads.activated(logits, using: &context.random)
    let loss = generatorLoss(logits: logits, fake: fake, conditions: conditions)
    let parameters = generator.parameters
    generatorOptimizer.update(parameters, along: gradients(of: loss, withRespectTo: parameters.trainableValues))
    return loss.item
  }

  /// −mean D(fake) + the mean cross entropy of the conditioned columns.
  mutating func generatorLoss(logits: Tensor, fake: Tensor, conditions: ConditionSampler.Batch) -> Tensor {
    let product = critic.firstLayer(fake, conditions: conditions.codes)
    let judged = -critic.rest(product, in: &context).mean()
    guard !conditions.columns.isEmpty else { return judged }
    let loss = ConditionLoss(
      offsets: conditions.columns.map { Int32(sampler.columns[$0].offset) },
      widths: conditions.columns.map { Int32(sampler.columns[$0].cardinality) }, targets: conditions.levels)
    return judged + loss.applied(to: logits).mean()
  }

  private mutating func drawConditions() -> ConditionSampler.Batch {
    sampler.draw(batchSize, by: settings.logFrequency ? .logarithmic : .real, using: &context.random)
  }

  private mutating func logits(_ conditions: ConditionSampler.Batch) -> Tensor {
    let noise = Tensor.normal([batchSize, settings.embeddingDimension], using: &context.random)
    return generator(Self.input(noise, conditions.codes, width: encoder.layout.conditionWidth), in: &context)
  }

  /// Noise and conditions as the generator takes them.
  static func input(_ noise: Tensor, _ conditions: [Int32], width: Int) -> [InputBlock] {
    guard width > 0 else { return [.dense(noise)] }
    return [.dense(noise), .codes(Tensor(indices: conditions, shape: [conditions.count, 1]), width: width)]
  }

  private func widened(_ rows: [Int32]) -> Tensor {
    Tensor(shape: [rows.count, encoder.layout.width], of: Float.self) { output in
      rows.withUnsafeBufferPointer { rows in
        if let base = output.baseAddress { encoded.widen(rows: rows, into: base) }
      }
    }
  }
}
