import CKernels

/// y[j, i] = x[i, j]; x̄ = ȳ transposed. Products take transposed operands as they are: `matmul(_:_:transposingFirst:…)`.
struct Transpose: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor {
    let x = inputs[0]
    let result = Tensor(uninitialized: [x.shape[1], x.shape[0]], x.scalarType)
    switch x.scalarType {
    case .float64:
      mynah_transpose_f64(
        x.pointer(as: Double.self), result.mutablePointer(as: Double.self), x.shape[0], x.shape[1])
    case .float32, .int32:  // both are four bytes, and only moved
      mynah_transpose_f32(x.pointer(as: Float.self), result.mutablePointer(as: Float.self), x.shape[0], x.shape[1])
    }
    return withExtendedLifetime(x) { result }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent.transposed()]
  }
}

extension Tensor {
  /// The transpose of a matrix.
  public func transposed() -> Tensor {
    precondition(rank == 2, "transposed: takes a matrix, got shape \(shape)")
    return Transpose().applied(to: self)
  }
}
