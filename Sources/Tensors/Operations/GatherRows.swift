import CKernels

/// y[i] = x[rows[i]]; x̄ = ȳ scattered back. A negative row gives zeros.
struct GatherRows: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor {
    let (x, rows) = (inputs[0], inputs[1])
    let result = Tensor(uninitialized: rows.shape + x.shape.dropFirst(), x.scalarType)
    let width = x.shape.dropFirst().reduce(1, *)
    let indices = rows.pointer(as: Int32.self)
    switch x.scalarType {
    case .float32, .int32:  // both are four bytes, and only moved
      mynah_gather_rows_f32(
        x.pointer(as: Float.self), indices, rows.count, width, result.mutablePointer(as: Float.self))
    case .float64:
      mynah_gather_rows_f64(
        x.pointer(as: Double.self), indices, rows.count, width, result.mutablePointer(as: Double.self))
    }
    return withExtendedLifetime(inputs) { result }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [ScatterAddRows(shape: inputs[0].shape).applied(to: cotangent, inputs[1]), nil]
  }
}

extension Tensor {
  /// The rows (slices along the first axis) at `rows`, an int32 tensor of any shape; a negative index gives zeros.
  public func gatheringRows(_ rows: Tensor) -> Tensor {
    rows.checkIndices(below: shape.first ?? 0, "gatheringRows")
    return GatherRows().applied(to: self, rows)
  }

  func checkIndices(below bound: Int, _ operation: StaticString) {
    precondition(scalarType == .int32, "\(operation): indices must be int32, got \(scalarType)")
    withUnsafeElements(as: Int32.self) { indices in
      for index in indices { precondition(Int(index) < bound, "\(operation): index \(index) is not below \(bound)") }
    }
  }
}
