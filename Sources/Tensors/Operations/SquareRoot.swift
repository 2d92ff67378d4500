import CKernels

/// y = √x; x̄ = ȳ / (2 y). Infinite at 0: add a small number under the root where x can vanish.
struct SquareRoot: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].mapped(mynah_sqrt_f32, mynah_sqrt_f64) }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent * 0.5 / output]
  }
}

extension Tensor {
  /// Elementwise square root; NaN below 0.
  public func sqrt() -> Tensor { SquareRoot().applied(to: self) }
}
