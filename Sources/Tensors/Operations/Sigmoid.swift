import CKernels

/// y = 1 / (1 + e⁻ˣ); x̄ = ȳ y (1 − y).
struct Sigmoid: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].mapped(mynah_sigmoid_f32, mynah_sigmoid_f64) }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent * output * (1 - output)]
  }
}

extension Tensor {
  /// Elementwise logistic function, 1 / (1 + e⁻ˣ). float32 within 3 ULPs.
  public func sigmoid() -> Tensor { Sigmoid().applied(to: self) }
}
