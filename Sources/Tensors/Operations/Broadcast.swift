import CKernels

/// y[i…] = x[…] repeated along axes of length 1 and new leading axes; x̄ = ȳ summed back over them.
struct Broadcast: DifferentiableOperation {
  static let kernel = BinaryKernel(name: "second", single: mynah_second_f32, double: mynah_second_f64)
  let shape: [Int]

  func forward(_ inputs: [Tensor]) -> Tensor {
    Self.kernel(inputs[0], inputs[0], into: shape)
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent.summed(to: inputs[0].shape)]
  }
}

extension Tensor {
  /// The same numbers repeated to fill `shape`, by NumPy's rule.
  public func broadcast(to shape: [Int]) -> Tensor {
    if shape == self.shape { return self }
    precondition(
      broadcastShape(self.shape, shape, "broadcast") == shape, "broadcast: shape \(self.shape) does not fit \(shape)")
    return Broadcast(shape: shape).applied(to: self)
  }
}
