import MynahEncoders
import MynahNeuralNetworks
import MynahRandomness
import MynahTensors

/// The two networks and the losses they play for.
struct AdversarialGame {
  let loss: AdversarialLoss
  let pac: Int
  let instanceNoise: Double
  let space: ConditionSpace
  /// Whether conditions take the place of what the generator says about their column.
  let isGiven: Bool
  let heads: OutputHeads
  let generator: Generator
  let critic: Critic

  init(
    _ settings: some AdversarialSynthesizer, _ layout: EncodedLayout, _ space: ConditionSpace,
    using random: inout RandomSource
  ) {
    loss = settings.loss
    pac = settings.pac
    instanceNoise = settings.instanceNoise
    self.space = space
    isGiven = settings.conditioning.isGiven
    heads = OutputHeads(layout, temperature: settings.temperature)
    generator = Generator(
      noise: settings.embeddingDimension, condition: space.width, hidden: settings.generatorDimensions,
      width: layout.width, using: &random)
    // A given condition is part of the row that the critic sees.
    critic = Critic(
      width: layout.width, condition: isGiven ? 0 : space.width, pac: pac, hidden: settings.discriminatorDimensions,
      dropout: settings.discriminatorDropout, using: &random)
  }

  /// The generator's logits, rows × width.
  ///
  /// - Parameter conditions: a bit of the condition vector per row; not read where the vector is empty.
  func logits(noise: Tensor, conditions: [Int32], in context: inout ForwardContext) -> Tensor {
    generator(Self.input(noise, conditions, width: space.width), in: &context)
  }

  /// Noise and conditions as the generator takes them.
  static func input(_ noise: Tensor, _ conditions: [Int32], width: Int) -> [InputBlock] {
    guard width > 0 else { return [.dense(noise)] }
    return [.dense(noise), .codes(Tensor(indices: conditions, shape: [conditions.count, 1]), width: width)]
  }

  /// Encoded rows of the generator's logits.
  ///
  /// - Parameter noise: Gumbel numbers of the logits' shape.
  func rows(_ logits: Tensor, conditions: ConditionSampler.Batch, noise: Tensor) -> Tensor {
    let rows = heads.activated(logits, noise: noise)
    return isGiven ? rows.replacingSpans(conditions, space) : rows
  }

  /// The critic's loss with its gradient penalty. Real and fake packs go through the critic together.
  ///
  /// - Parameter mix: packs × 1, uniform on [0, 1].
  func criticLoss(
    real: Tensor, realConditions: [Int32], fake: Tensor, fakeConditions: [Int32], mix: Tensor,
    in context: inout ForwardContext
  ) -> Tensor {
    let packs = real.shape[0] / pac
    let product = critic.firstLayer(
      blurred(concatenate([real, fake]), in: &context), conditions: realConditions + fakeConditions)
    let judged = critic.rest(product, in: &context)
    let difference = loss.ofCritic(real: judged.sliced(0..<packs), fake: judged.sliced(packs..<2 * packs))
    guard loss.gradientPenalty > 0 else { return difference }
    let penalty = critic.gradientPenalty(
      real: product.sliced(0..<packs), fake: product.sliced(packs..<2 * packs), mix: mix, in: &context)
    return difference + penalty * loss.gradientPenalty
  }

  /// Rows as the critic sees them: levels with noise, scalars as they are, since the range of a skew column can be smaller
  /// than any noise.
  private func blurred(_ rows: Tensor, in context: inout ForwardContext) -> Tensor {
    guard instanceNoise > 0 else { return rows }
    return rows + Tensor.normal(rows.shape, using: &context.random) * (heads.levelColumns * instanceNoise)
  }

  /// The generator's loss; where conditions are taught, with the mean cross entropy of the conditioned columns.
  func generatorLoss(
    logits: Tensor, fake: Tensor, conditions: ConditionSampler.Batch, in context: inout ForwardContext
  ) -> Tensor {
    let product = critic.firstLayer(blurred(fake, in: &context), conditions: conditions.codes)
    let judged = loss.ofGenerator(fake: critic.rest(product, in: &context))
    guard !conditions.columns.isEmpty, !isGiven else { return judged }
    let columns = conditions.columns.map { space.columns[$0] }
    let taught = ConditionLoss(
      offsets: columns.map { Int32($0.offset) }, widths: columns.map { Int32($0.cardinality) },
      targets: conditions.levels)
    return judged + taught.applied(to: logits).mean()
  }
}

extension Tensor {
  /// Encoded rows in which the span of each row's conditioned column says the condition.
  fileprivate func replacingSpans(_ conditions: ConditionSampler.Batch, _ space: ConditionSpace) -> Tensor {
    let width = shape[1]
    var keeps = [Float](repeating: 1, count: count)
    var bits = [Float](repeating: 0, count: count)
    for (row, (column, level)) in zip(conditions.columns, conditions.levels).enumerated() {
      let span = space.columns[column]
      let start = row * width + span.offset
      for place in start..<start + span.cardinality { keeps[place] = 0 }
      bits[start + Int(level)] = 1
    }
    return self * Tensor(floats: keeps, shape: shape) + Tensor(floats: bits, shape: shape)
  }
}
