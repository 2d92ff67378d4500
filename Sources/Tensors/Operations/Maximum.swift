import CKernels

/// y = max(a, b); the gradient goes to the larger operand, half to each where they are equal.
struct Maximum: DifferentiableOperation {
  static let kernel = BinaryKernel(name: "maximum", single: mynah_maximum_f32, double: mynah_maximum_f64)

  func forward(_ inputs: [Tensor]) -> Tensor { Self.kernel(inputs[0], inputs[1]) }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    let tie = inputs[0].equal(to: inputs[1]) * 0.5
    return [
      needed[0] ? cotangent * (inputs[0].greater(than: inputs[1]) + tie) : nil,
      needed[1] ? cotangent * (inputs[1].greater(than: inputs[0]) + tie) : nil,
    ]
  }
}

/// The larger of two numbers, elementwise, with broadcasting. NaN if the first is NaN.
public func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { Maximum().applied(to: a, b) }

/// The smaller of two numbers, elementwise, with broadcasting.
public func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { -maximum(-a, -b) }

extension Tensor {
  /// Every element brought into `range`; the gradient is 0 outside it.
  public func clamped(to range: ClosedRange<Double>) -> Tensor {
    let low = Tensor(range.lowerBound, scalarType: scalarType)
    let high = Tensor(range.upperBound, scalarType: scalarType)
    return minimum(maximum(self, low), high)
  }
}
