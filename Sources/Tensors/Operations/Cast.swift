import CKernels

/// The same numbers as another scalar type; the gradient is cast back.
struct Cast: DifferentiableOperation {
  let scalarType: ScalarType

  func forward(_ inputs: [Tensor]) -> Tensor {
    let x = inputs[0]
    let result = Tensor(uninitialized: x.shape, scalarType)
    switch (x.scalarType, scalarType) {
    case (.float32, .float64):
      mynah_f32_to_f64(x.pointer(as: Float.self), result.mutablePointer(as: Double.self), x.count)
    case (.float64, .float32):
      mynah_f64_to_f32(x.pointer(as: Double.self), result.mutablePointer(as: Float.self), x.count)
    case (.int32, .float32):
      mynah_i32_to_f32(x.pointer(as: Int32.self), result.mutablePointer(as: Float.self), x.count)
    case (.int32, .float64):
      mynah_i32_to_f64(x.pointer(as: Int32.self), result.mutablePointer(as: Double.self), x.count)
    default: preconditionFailure("cast from \(x.scalarType) to \(scalarType) is not there")
    }
    return withExtendedLifetime(x) { result }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent.cast(to: inputs[0].scalarType)]
  }
}

extension Tensor {
  /// The same numbers as another scalar type: between the floating-point ones, or from int32 to one of them.
  public func cast(to scalarType: ScalarType) -> Tensor {
    scalarType == self.scalarType ? self : Cast(scalarType: scalarType).applied(to: self)
  }
}
