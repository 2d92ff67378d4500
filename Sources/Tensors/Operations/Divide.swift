import CKernels

/// y = a / b; ā = ȳ / b, b̄ = −ȳ y / b.
struct Divide: DifferentiableOperation {
  static let kernel = BinaryKernel(name: "divide", single: mynah_divide_f32, double: mynah_divide_f64)

  func forward(_ inputs: [Tensor]) -> Tensor { Self.kernel(inputs[0], inputs[1]) }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [
      needed[0] ? cotangent / inputs[1] : nil,
      needed[1] ? -(cotangent * output / inputs[1]) : nil,
    ]
  }
}

extension Tensor {
  /// Elementwise, with broadcasting.
  public static func / (a: Tensor, b: Tensor) -> Tensor { Divide().applied(to: a, b) }

  public static func / (a: Tensor, b: Double) -> Tensor { a.scaled(by: 1 / b, plus: 0) }
  public static func / (a: Double, b: Tensor) -> Tensor { Tensor(a, scalarType: b.scalarType) / b }
}
