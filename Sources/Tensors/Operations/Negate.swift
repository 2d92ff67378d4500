import CKernels

/// y = −x; x̄ = −ȳ.
struct Negate: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].mapped(mynah_negate_f32, mynah_negate_f64) }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [-cotangent]
  }
}

extension Tensor {
  /// Elementwise −x.
  public static prefix func - (x: Tensor) -> Tensor { Negate().applied(to: x) }
}
