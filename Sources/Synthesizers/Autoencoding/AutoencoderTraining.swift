import MynahEncoders
import MynahNeuralNetworks
import MynahRandomness
import MynahTensors

/// One training of a variational autoencoder: the networks, their optimiser, and the encoded table.
struct AutoencoderTraining<Settings: VariationalSynthesizer>: TrainingTask {
  private let settings: Settings
  private let design: AutoencoderDesign
  private let encoder: FittedTableEncoder
  private let encoded: EncodedTable
  private let label: LabelColumn?
  private let network: Autoencoder
  private var optimizer: Adam
  /// The decoder's averaged parameters; nil where the last ones are kept.
  private var average: ExponentialMovingAverage?
  private var context: ForwardContext
  private let shuffles: RandomSource
  /// The rows in the order of this epoch.
  private var order: [Int32] = []

  init(
    _ settings: Settings, encoder: FittedTableEncoder, encoded: EncodedTable, label: LabelColumn?,
    using random: inout RandomSource
  ) {
    self.settings = settings
    design = settings.design
    self.encoder = encoder
    self.encoded = encoded
    self.label = label
    network = Autoencoder(design, encoder.layout, label: label, using: &random)
    optimizer = Adam(learningRate: design.learningRate, weightDecay: design.weightDecay)
    average =
      design.emaDecay > 0 ? ExponentialMovingAverage(of: network.decoder.parameters, decay: design.emaDecay) : nil
    context = ForwardContext(phase: .training, random: random.split())
    shuffles = random.split()
  }

  /// None where every column is constant or an identifier: the encoders make the rows.
  var stepsPerEpoch: Int {
    encoder.layout.width == 0 ? 0 : (encoded.rowCount + settings.batchSize - 1) / settings.batchSize
  }
  var rowsPerStep: Int { min(settings.batchSize, encoded.rowCount) }
  var drawsLevels: Bool { design.sampling == .draw }
  var modelValues: [String: Tensor] { average?.values ?? network.decoder.parameters.values }

  func model(keeping values: [String: Tensor]) throws -> FittedAutoencoder<Settings> {
    try FittedAutoencoder(settings, encoder: encoder, label: label, decoder: values)
  }

  var state: TrainingState {
    var state = TrainingState()
    state.keep(network.parameters, as: "network")
    state.keep(optimizer, as: "optimizer")
    state.keep(average, as: "average")
    state.random["noise"] = context.random
    return state
  }

  mutating func restore(_ state: TrainingState) throws(SynthesisError) {
    try state.restore(network.parameters, from: "network")
    try state.restore(&optimizer, of: network.parameters, from: "optimizer")
    try state.restore(&average, from: "average")
    context.random = try state.randomSource("noise")
  }

  /// The order depends on the epoch's number only, so that it need not be kept.
  mutating func epochBegan(_ epoch: Int) {
    var random = shuffles.stream(for: UInt64(epoch))
    order = Array(0..<Int32(encoded.rowCount))
    order.shuffle(using: &random)
  }

  mutating func step(at place: TrainingPlace) -> StepReport {
    optimizer.learningRate = design.learningRate * design.learningRateSchedule.factor(at: place.progress)
    let first = (place.step - 1) * settings.batchSize
    let rows = Array(order[first..<min(first + settings.batchSize, order.count)])
    let noise = Tensor.normal([rows.count, design.latentDimension], using: &context.random)
    let (losses, slopes) = differentiated(
      network.losses(of: RowBatch(rows, of: encoded, label: label), noise: noise), epoch: place.epoch)
    optimizer.update(network.parameters, along: slopes)
    network.decoder.clampDeviations(from: design.minimumDeviation)
    let kept = network.decoder.parameters
    average?.update(from: kept)
    return StepReport(losses: losses, gradientNorms: ["autoencoder": globalNorm(slopes)])
  }

  /// The losses' values and the gradients. The recorded computation ends here: it shares the parameters' storage, and they
  /// would be copied instead of updated in place while it lives.
  private func differentiated(
    _ losses: consuming Autoencoder.Losses, epoch: Int
  ) -> (values: [String: Double], gradients: [Tensor]) {
    let total =
      losses.reconstruction * design.reconstructionWeight + losses.divergence * design.divergenceWeight(in: epoch)
    let slopes = gradients(of: total, withRespectTo: network.parameters.trainableValues)
    return (
      [
        "loss": total.item, "reconstruction": losses.reconstruction.item, "divergence": losses.divergence.item,
      ], slopes
    )
  }
}
