import CKernels

/// y = eˣ; x̄ = ȳ y.
struct Exponential: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].mapped(mynah_exp_f32, mynah_exp_f64) }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent * output]
  }
}

extension Tensor {
  /// Elementwise eˣ. float32 within 2 ULPs; infinity above 88.72, zero below −87.33.
  public func exp() -> Tensor { Exponential().applied(to: self) }
}
