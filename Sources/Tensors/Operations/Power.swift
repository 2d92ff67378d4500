import CKernels

/// y = xᵖ for a constant p; x̄ = ȳ p xᵖ⁻¹.
struct Power: DifferentiableOperation {
  let exponent: Double

  func forward(_ inputs: [Tensor]) -> Tensor {
    inputs[0].mapped(
      { mynah_power_f32($0, Float(exponent), $1, $2) }, { mynah_power_f64($0, exponent, $1, $2) })
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    guard exponent != 0 else { return [cotangent * 0] }
    return [cotangent * (inputs[0].power(exponent - 1) * exponent)]
  }
}

extension Tensor {
  /// Elementwise xᵖ; NaN for a negative x and a p that is not whole.
  public func power(_ exponent: Double) -> Tensor { Power(exponent: exponent).applied(to: self) }

  /// Elementwise x².
  public func squared() -> Tensor { power(2) }
}
