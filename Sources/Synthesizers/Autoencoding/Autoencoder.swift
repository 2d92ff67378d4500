import MynahEncoders
import MynahNeuralNetworks
import MynahRandomness
import MynahTensors

/// An encoder q(z | x) and a decoder p(x | z) of encoded rows.
struct Autoencoder {
  let encoder: RowEncoder
  let decoder: RowDecoder

  init(_ design: AutoencoderDesign, _ layout: EncodedLayout, label: LabelColumn?, using random: inout RandomSource) {
    encoder = RowEncoder(layout, design.encoderDimensions, latent: design.latentDimension, using: &random)
    decoder = RowDecoder(
      layout, design.decoderDimensions, latent: design.latentDimension, label: label, using: &random)
  }

  var parameters: ParameterTree { ["encoder": encoder.parameters, "decoder": decoder.parameters] }

  /// What a batch costs, each the mean over its rows.
  struct Losses {
    /// E[−log p(x | z)], without constants.
    let reconstruction: Tensor
    /// KL(q(z | x) ‖ N(0, 1)).
    let divergence: Tensor
  }

  /// - Parameter noise: rows × L, standard normal.
  func losses(of batch: RowBatch, noise: Tensor) -> Losses {
    let statistics = encoder(batch)
    let latent = LatentDraw().applied(to: statistics, noise)
    let likelihood = RowLikelihood(spans: decoder.spans, scalars: batch.scalars, codes: batch.codes)
    return Losses(
      reconstruction: likelihood.applied(
        to: decoder(latent, labels: batch.labels), decoder.deviations?.value ?? .zeros([0])
      ).mean(),
      divergence: LatentDivergence().applied(to: statistics).mean())
  }
}

/// Hidden layers of linear maps and ReLUs on a compact row, then a linear layer to μ and log σ² of the latent vector.
///
/// The first layer gathers its weights by the row's codes: its rows meet the scalars, then the levels of all softmax
/// spans, and none is multiplied with zeros.
struct RowEncoder {
  let hidden: [Linear]
  /// μ, then log σ².
  let statistics: Linear
  private let scalars: Int
  private let levels: Int

  init(_ layout: EncodedLayout, _ widths: [Int], latent: Int, using random: inout RandomSource) {
    scalars = layout.scalarBlocks.count
    levels = layout.width - scalars
    var inputs = layout.width
    var hidden: [Linear] = []
    for width in widths {
      hidden.append(Linear(inputs, width, using: &random))
      inputs = width
    }
    self.hidden = hidden
    statistics = Linear(inputs, 2 * latent, using: &random)
  }

  var parameters: ParameterTree {
    ["hidden": .list(hidden.map(\.parameters)), "statistics": .branch(of: statistics)]
  }

  /// rows × 2 L.
  func callAsFunction(_ batch: RowBatch) -> Tensor {
    var blocks: [InputBlock] = []
    if scalars > 0 { blocks.append(.dense(batch.scalars)) }
    if levels > 0 { blocks.append(.codes(batch.inputCodes, width: levels)) }
    return statistics(hidden.reduce(blocks) { [.dense($1($0).relu())] })
  }
}

/// Hidden layers of linear maps and ReLUs on a latent vector, then a linear layer to the row's means and logits; and a
/// learned σ for each scalar.
///
/// A label, where there is one, is put beside the input of every layer, as one-hot.
struct RowDecoder {
  let spans: RowSpans
  let hidden: [Linear]
  let output: Linear
  /// Nil in a table without scalars.
  let deviations: Parameter?
  let labelCount: Int

  /// σ at the start.
  private static let firstDeviation = 0.1

  init(
    _ layout: EncodedLayout, _ widths: [Int], latent: Int, label: LabelColumn?, using random: inout RandomSource
  ) {
    spans = RowSpans(layout, leavingOut: label?.block)
    labelCount = label?.counts.count ?? 0
    var inputs = latent
    var hidden: [Linear] = []
    for width in widths {
      hidden.append(Linear(inputs + labelCount, width, using: &random))
      inputs = width
    }
    self.hidden = hidden
    output = Linear(inputs + labelCount, layout.width, using: &random)
    let scalars = layout.scalarBlocks.count
    deviations = scalars > 0 ? Parameter(Tensor(repeating: Self.firstDeviation, shape: [scalars])) : nil
  }

  var parameters: ParameterTree {
    let layers: [(String, ParameterTree)] = [
      ("hidden", .list(hidden.map(\.parameters))), ("output", .branch(of: output)),
    ]
    return .branch(layers + (deviations.map { [("deviations", .leaf($0))] } ?? []))
  }

  /// rows × width: means before their tanh, and logits.
  ///
  /// - Parameter labels: rows × 1; not read where the decoder is told none.
  func callAsFunction(_ latent: Tensor, labels: Tensor?) -> Tensor {
    let beside = labels.map { labelCount > 0 ? [InputBlock.codes($0, width: labelCount)] : [] } ?? []
    return output(hidden.reduce([.dense(latent)] + beside) { [.dense($1($0).relu())] + beside })
  }

  /// Brings every σ back into its range, after a step.
  func clampDeviations(from least: Double) {
    guard let deviations else { return }
    let values = deviations.value.floats.map { max(Float(least), min(1, $0)) }
    deviations.assign(Tensor(floats: values))
  }
}
