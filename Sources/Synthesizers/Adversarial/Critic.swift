import MynahNeuralNetworks
import MynahRandomness
import MynahTensors

/// PacGAN's critic (Lin et al. 2018): it judges `pac` rows with their conditions at a time. LeakyReLU and dropout between
/// linear layers, no normalisation and no sigmoid, as a Wasserstein critic with gradient penalty needs.
///
/// Its input is the pack's rows, then the pack's conditions. The conditions are one-hot and stay codes: their rows of the
/// first weight are gathered. The first layer stands apart from the rest, because its product of an interpolation is the
/// interpolation of its products.
struct Critic {
  let pac: Int
  let condition: Int
  let first: Linear
  let hidden: [Linear]
  let output: Linear
  let activation = LeakyReLU(slope: 0.2)
  let dropout: Dropout

  init(width: Int, condition: Int, pac: Int, hidden: [Int], dropout: Double, using random: inout RandomSource) {
    self.pac = pac
    self.condition = condition
    self.dropout = Dropout(dropout)
    first = Linear(pac * (width + condition), hidden[0], using: &random)
    self.hidden = zip(hidden, hidden.dropFirst()).map { Linear($0, $1, using: &random) }
    output = Linear(hidden[hidden.count - 1], 1, using: &random)
  }

  var parameters: ParameterTree {
    [
      "first": .branch(of: first), "hidden": .list(hidden.map(\.parameters)), "output": .branch(of: output),
    ]
  }

  /// The first layer's product, packs × hidden, before its activation.
  ///
  /// - Parameters:
  ///   - rows: encoded rows, a multiple of `pac` of them.
  ///   - conditions: int32, a code in 0 ..< condition for each row; without conditions it is not read.
  func firstLayer(_ rows: Tensor, conditions: [Int32]) -> Tensor {
    let packs = rows.shape[0] / pac
    var blocks: [InputBlock] = [.dense(rows.reshaped(to: [packs, pac * rows.shape[1]]))]
    if condition > 0 {
      let codes = conditions.enumerated().map { row, code in Int32(row % pac * condition) + code }
      blocks.append(.codes(Tensor(indices: codes, shape: [packs, pac]), width: pac * condition))
    }
    return first(blocks)
  }

  /// What the other layers make of the first one's product: packs × 1.
  func rest(_ product: Tensor, in context: inout ForwardContext) -> Tensor {
    var x = product
    for layer in hidden {
      x = layer(dropout(activation(x, in: &context), in: &context), in: &context)
    }
    return output(dropout(activation(x, in: &context), in: &context), in: &context)
  }

  /// mean((‖∇‖ − 1)²) of the critic's gradients at random points between real and fake packs (Gulrajani et al. 2017),
  /// recorded, so that it can be differentiated: true double backward.
  ///
  /// The first layer is linear, so its product at the points is the interpolation of its products, and the gradient at
  /// its input is the gradient at its output times the weight's transpose.
  ///
  /// - Parameter mix: packs × 1, uniform on [0, 1]: the share of the real pack.
  func gradientPenalty(real: Tensor, fake: Tensor, mix: Tensor, in context: inout ForwardContext) -> Tensor {
    let product = real * mix + fake * (1 - mix)
    let judged = rest(product, in: &context).sum()
    let inner = gradients(of: judged, withRespectTo: [product], createGraph: true)[0]
    let gradient = matmul(inner, first.weight.value, transposingSecond: true)
    let norm = (gradient.squared().sum(over: 1) + 1e-12).sqrt()
    return (norm - 1).squared().mean()
  }
}
