import Mynah

/// An affine coupling layer of RealNVP (Dinh, Sohl-Dickstein and Bengio 2017). A mask m keeps some features; they decide how
/// the others are scaled and moved:
///
/// z = m x + (1 − m) (x eˢ + t), with s and t from m x; ln |det ∂z/∂x| = Σ (1 − m) s.
struct CouplingLayer: Module {
  /// 1 for a feature that is kept, 0 for one that is changed.
  let mask: Tensor
  let hidden: Linear
  let scale: Linear
  let shift: Linear

  init(mask: [Double], hidden width: Int, using random: inout RandomSource) {
    self.mask = Tensor(mask)
    hidden = Linear(mask.count, width, using: &random)
    scale = Linear(width, mask.count, using: &random)
    shift = Linear(width, mask.count, using: &random)
  }

  var parameters: ParameterTree {
    ["hidden": .branch(of: hidden), "scale": .branch(of: scale), "shift": .branch(of: shift)]
  }

  /// z and, for each row, ln |det ∂z/∂x|.
  func callAsFunction(_ x: Tensor, in context: inout ForwardContext) -> (z: Tensor, logarithm: Tensor) {
    let (s, t) = affine(x * mask, in: &context)
    return (x * mask + (1 - mask) * (x * s.exp() + t), s.sum(over: 1))
  }

  /// x of z: the kept features are the same in both, so s and t are too.
  func inverse(_ z: Tensor, in context: inout ForwardContext) -> Tensor {
    let (s, t) = affine(z * mask, in: &context)
    return z * mask + (1 - mask) * ((z - t) * (-s).exp())
  }

  /// s, within ±1.5 so that nothing overflows, and t; zero for features that are kept.
  private func affine(_ kept: Tensor, in context: inout ForwardContext) -> (s: Tensor, t: Tensor) {
    let features = hidden(kept, in: &context).leakyReLU()
    let s = scale(features, in: &context).tanh() * 1.5
    return (s * (1 - mask), shift(features, in: &context) * (1 - mask))
  }
}
