/// The same numbers under another shape, without copying; x̄ = ȳ under the old one.
struct Reshape: DifferentiableOperation {
  let shape: [Int]

  func forward(_ inputs: [Tensor]) -> Tensor {
    Tensor(
      storage: inputs[0].storage, byteOffset: inputs[0].byteOffset, shape: shape, scalarType: inputs[0].scalarType)
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent.reshaped(to: inputs[0].shape)]
  }
}

extension Tensor {
  /// The same numbers in row-major order under another shape.
  public func reshaped(to shape: [Int]) -> Tensor {
    if shape == self.shape { return self }
    precondition(shape.reduce(1, *) == count, "reshaped: shape \(self.shape) does not fit \(shape)")
    return Reshape(shape: shape).applied(to: self)
  }
}
