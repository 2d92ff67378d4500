import Mynah

/// Coupling layers one after another, each with another half of the features kept.
struct Flow: Module {
  let layers: [CouplingLayer]
  let width: Int

  init(width: Int, layers count: Int, hidden: Int, using random: inout RandomSource) {
    self.width = width
    // Masks come in pairs, so that every feature is changed. Their randomness is fixed: they are no parameters.
    var masks = RandomSource(seed: 6)
    var kept = [Double](repeating: 0, count: width)
    layers = (0..<count).map { layer in
      if layer.isMultiple(of: 2) {
        for (place, feature) in masks.permutation(width).enumerated() { kept[feature] = Double(place % 2) }
      } else {
        kept = kept.map { 1 - $0 }
      }
      return CouplingLayer(mask: kept, hidden: hidden, using: &random)
    }
  }

  var parameters: ParameterTree { .list(layers.map(\.parameters)) }

  /// −ln p(x), mean over rows, up to a constant: ½ |z|² − ln |det ∂z/∂x|.
  func callAsFunction(_ rows: Tensor, in context: inout ForwardContext) -> Tensor {
    var (z, logarithm) = (rows, Tensor.zeros([rows.shape[0]]))
    for layer in layers {
      let (next, part) = layer(z, in: &context)
      (z, logarithm) = (next, logarithm + part)
    }
    return (z.squared().sum(over: 1) * 0.5 - logarithm).mean()
  }

  /// Rows from standard normal numbers.
  func rows(from noise: Tensor, in context: inout ForwardContext) -> Tensor {
    layers.reversed().reduce(noise) { $1.inverse($0, in: &context) }
  }
}
