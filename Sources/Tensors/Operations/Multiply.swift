import CKernels

/// y = a b; ā = ȳ b, b̄ = ȳ a.
struct Multiply: DifferentiableOperation {
  static let kernel = BinaryKernel(name: "multiply", single: mynah_multiply_f32, double: mynah_multiply_f64)

  func forward(_ inputs: [Tensor]) -> Tensor { Self.kernel(inputs[0], inputs[1]) }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [
      needed[0] ? cotangent * inputs[1] : nil,
      needed[1] ? cotangent * inputs[0] : nil,
    ]
  }
}

extension Tensor {
  /// Elementwise, with broadcasting.
  public static func * (a: Tensor, b: Tensor) -> Tensor { Multiply().applied(to: a, b) }

  public static func * (a: Tensor, b: Double) -> Tensor { a.scaled(by: b, plus: 0) }
  public static func * (a: Double, b: Tensor) -> Tensor { b.scaled(by: a, plus: 0) }
}
