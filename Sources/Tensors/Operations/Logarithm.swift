import CKernels

/// y = ln x; x̄ = ȳ / x.
struct Logarithm: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].mapped(mynah_log_f32, mynah_log_f64) }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent / inputs[0]]
  }
}

extension Tensor {
  /// Elementwise natural logarithm: −∞ at 0, NaN below. float32 within 1 ULP; a denormal counts as 0.
  public func log() -> Tensor { Logarithm().applied(to: self) }
}
