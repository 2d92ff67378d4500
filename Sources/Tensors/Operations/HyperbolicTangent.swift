import CKernels

/// y = tanh x; x̄ = ȳ (1 − y²).
struct HyperbolicTangent: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].mapped(mynah_tanh_f32, mynah_tanh_f64) }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent * (1 - output * output)]
  }
}

extension Tensor {
  /// Elementwise hyperbolic tangent. float32 within 2 ULPs.
  public func tanh() -> Tensor { HyperbolicTangent().applied(to: self) }
}
