import MynahEncoders
import MynahNeuralNetworks
import MynahRandomness
import MynahTensors

/// The two networks and the losses they play for.
struct CTGANGame {
  let settings: CTGAN
  let layout: EncodedLayout
  let heads: OutputHeads
  let generator: Generator
  let critic: Critic

  init(_ settings: CTGAN, layout: EncodedLayout, using random: inout RandomSource) {
    self.settings = settings
    self.layout = layout
    heads = OutputHeads(layout, temperature: settings.temperature)
    generator = Generator(
      noise: settings.embeddingDimension, condition: layout.conditionWidth, hidden: settings.generatorDimensions,
      width: layout.width, using: &random)
    critic = Critic(
      width: layout.width, condition: layout.conditionWidth, pac: settings.pac,
      hidden: settings.discriminatorDimensions, dropout: settings.discriminatorDropout, using: &random)
  }

  /// The generator's logits, rows × width.
  ///
  /// - Parameter conditions: a bit of the condition vector per row; not read where there are no discrete columns.
  func logits(noise: Tensor, conditions: [Int32], in context: inout ForwardContext) -> Tensor {
    generator(Self.input(noise, conditions, width: layout.conditionWidth), in: &context)
  }

  /// Noise and conditions as the generator takes them.
  static func input(_ noise: Tensor, _ conditions: [Int32], width: Int) -> [InputBlock] {
    guard width > 0 else { return [.dense(noise)] }
    return [.dense(noise), .codes(Tensor(indices: conditions, shape: [conditions.count, 1]), width: width)]
  }

  /// mean D(fake) − mean D(real) + λ · gradient penalty. Real and fake packs go through the critic together.
  ///
  /// - Parameter mix: packs × 1, uniform on [0, 1].
  func criticLoss(
    real: Tensor, realConditions: [Int32], fake: Tensor, fakeConditions: [Int32], mix: Tensor,
    in context: inout ForwardContext
  ) -> Tensor {
    let packs = real.shape[0] / settings.pac
    let product = critic.firstLayer(concatenate([real, fake]), conditions: realConditions + fakeConditions)
    let judged = critic.rest(product, in: &context)
    let difference = judged.sliced(packs..<2 * packs).mean() - judged.sliced(0..<packs).mean()
    guard settings.gradientPenalty > 0 else { return difference }
    let penalty = critic.gradientPenalty(
      real: product.sliced(0..<packs), fake: product.sliced(packs..<2 * packs), mix: mix, in: &context)
    return difference + penalty * settings.gradientPenalty
  }

  /// −mean D(fake) + the mean cross entropy of the conditioned columns.
  func generatorLoss(
    logits: Tensor, fake: Tensor, conditions: ConditionSampler.Batch, in context: inout ForwardContext
  ) -> Tensor {
    let product = critic.firstLayer(fake, conditions: conditions.codes)
    let judged = -critic.rest(product, in: &context).mean()
    guard !conditions.columns.isEmpty else { return judged }
    let columns = conditions.columns.map { layout.discreteColumns[$0] }
    let loss = ConditionLoss(
      offsets: columns.map { Int32($0.offset) }, widths: columns.map { Int32($0.cardinality) },
      targets: conditions.levels)
    return judged + loss.applied(to: logits).mean()
  }
}
