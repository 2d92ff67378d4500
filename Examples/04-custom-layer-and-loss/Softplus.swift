import Foundation
import Mynah

/// ln(1 + eˣ), an operation with a kernel of its own.
struct Softplus: DifferentiableOperation {
  /// The kernel, for both floating-point types.
  func forward(_ inputs: [Tensor]) -> Tensor {
    let x = inputs[0]
    return Tensor(x.scalars.map { max($0, 0) + log1p(exp(-abs($0))) }, shape: x.shape, scalarType: x.scalarType)
  }

  /// x̄ = ȳ · sigmoid(x). Written in tensor operations, so that it can be differentiated again.
  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent * inputs[0].sigmoid()]
  }
}

extension Tensor {
  /// ln(1 + eˣ): a smooth max(x, 0).
  func softplus() -> Tensor { Softplus().applied(to: self) }
}
