import CKernels

/// y = a + b; ā = ȳ, b̄ = ȳ.
struct Add: DifferentiableOperation {
  static let kernel = BinaryKernel(name: "add", single: mynah_add_f32, double: mynah_add_f64)

  func forward(_ inputs: [Tensor]) -> Tensor { Self.kernel(inputs[0], inputs[1]) }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [
      needed[0] ? cotangent : nil,
      needed[1] ? cotangent : nil,
    ]
  }
}

extension Tensor {
  /// Elementwise, with broadcasting.
  public static func + (a: Tensor, b: Tensor) -> Tensor { Add().applied(to: a, b) }

  public static func + (a: Tensor, b: Double) -> Tensor { a.scaled(by: 1, plus: b) }
  public static func + (a: Double, b: Tensor) -> Tensor { b.scaled(by: 1, plus: a) }
}
