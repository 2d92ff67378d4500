import Mynah

/// One training: the network, its optimiser and the encoded rows. The loop around it brings early stopping, checkpoints,
/// limits of time, and an end with the best model so far when training diverges.
public struct FlowTraining: TrainingTask {
  private let settings: CouplingFlow
  private let encoder: FittedTableEncoder
  private let encoded: EncodedTable
  private let flow: Flow
  private var optimizer: Adam
  private var context: ForwardContext

  public init(_ settings: CouplingFlow, _ data: TrainingData, using random: inout RandomSource) {
    self.settings = settings
    (encoder, encoded) = (data.encoder, data.encoded)
    flow = Flow(width: encoder.layout.width, layers: settings.layers, hidden: settings.hidden, using: &random)
    optimizer = Adam(learningRate: settings.learningRate)
    context = ForwardContext(phase: .training, random: random.split())
  }

  /// None where every column is constant or an identifier: the encoders make the rows.
  public var stepsPerEpoch: Int { encoder.layout.width == 0 ? 0 : max(1, encoded.rowCount / settings.batchSize) }
  public var rowsPerStep: Int { settings.batchSize }

  public mutating func step(at place: TrainingPlace) -> StepReport {
    let rows = (0..<settings.batchSize).map { _ in Int32(context.random.index(below: encoded.rowCount)) }
    let shape = [rows.count, encoder.layout.width]
    let real = Tensor(floats: encoded.widened(rows: rows), shape: shape)
    let noisy = real + Tensor.normal(shape, using: &context.random) * settings.noise
    let loss = flow(noisy, in: &context)
    let slopes = clipped(
      gradients(of: loss, withRespectTo: flow.parameters.trainableValues), toGlobalNorm: 50)
    optimizer.update(flow.parameters, along: slopes)
    return StepReport(losses: ["likelihood": loss.item], gradientNorms: ["flow": globalNorm(slopes)])
  }

  public var modelValues: [String: Tensor] { flow.parameters.values }

  public func model(keeping values: [String: Tensor]) throws -> FittedCouplingFlow {
    try FittedCouplingFlow(settings, encoder: encoder, values: values)
  }

  /// Everything that `step` changes: a training that is killed goes on from here to the same bytes.
  public var state: TrainingState {
    var state = TrainingState()
    state.keep(flow.parameters, as: "flow")
    state.keep(optimizer, as: "optimizer")
    state.random["steps"] = context.random
    return state
  }

  public mutating func restore(_ state: TrainingState) throws(SynthesisError) {
    try state.restore(flow.parameters, from: "flow")
    try state.restore(&optimizer, of: flow.parameters, from: "optimizer")
    context.random = try state.randomSource("steps")
  }
}
