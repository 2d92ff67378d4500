import CKernels

/// y = scale · x + shift for constants; x̄ = scale · ȳ.
struct Scale: DifferentiableOperation {
  let scale: Double
  let shift: Double

  func forward(_ inputs: [Tensor]) -> Tensor {
    inputs[0].mapped(
      { mynah_scale_f32($0, Float(scale), Float(shift), $1, $2) }, { mynah_scale_f64($0, scale, shift, $1, $2) })
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [scale == 1 ? cotangent : cotangent.scaled(by: scale, plus: 0)]
  }
}

extension Tensor {
  /// scale · x + shift, elementwise, in one pass.
  public func scaled(by scale: Double, plus shift: Double = 0) -> Tensor {
    Scale(scale: scale, shift: shift).applied(to: self)
  }
}
