/// Y = op(A) op(B), where op transposes the operands that are asked to be; nothing is copied.
///
/// With plain operands Ā = Ȳ Bᵀ and B̄ = Aᵀ Ȳ; the transposed cases follow.
struct Matmul: DifferentiableOperation {
  var transposingFirst = false
  var transposingSecond = false

  func forward(_ inputs: [Tensor]) -> Tensor {
    let (a, b) = (inputs[0], inputs[1])
    let m = a.shape[transposingFirst ? 1 : 0]
    let k = a.shape[transposingFirst ? 0 : 1]
    let n = b.shape[transposingSecond ? 0 : 1]
    let result = Tensor(uninitialized: [m, n], a.scalarType)
    Self.multiply(
      .init(m: m, n: n, k: k, transposingFirst: transposingFirst, transposingSecond: transposingSecond), a, b,
      into: result)
    return result
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    let (a, b) = (inputs[0], inputs[1])
    let first: () -> Tensor = {
      transposingFirst
        ? matmul(b, cotangent, transposingFirst: transposingSecond, transposingSecond: true)
        : matmul(cotangent, b, transposingSecond: !transposingSecond)
    }
    let second: () -> Tensor = {
      transposingSecond
        ? matmul(cotangent, a, transposingFirst: true, transposingSecond: transposingFirst)
        : matmul(a, cotangent, transposingFirst: !transposingFirst)
    }
    return [needed[0] ? first() : nil, needed[1] ? second() : nil]
  }

  static func multiply(_ problem: MatrixProduct.Problem, _ a: Tensor, _ b: Tensor, into c: Tensor) {
    withExtendedLifetime((a, b)) {
      switch a.scalarType {
      case .float32:
        MatrixProduct.multiply(
          problem, a.pointer(as: Float.self), b.pointer(as: Float.self), into: c.mutablePointer(as: Float.self))
      case .float64:
        MatrixProduct.multiply(
          problem, a.pointer(as: Double.self), b.pointer(as: Double.self), into: c.mutablePointer(as: Double.self))
      case .int32: preconditionFailure("matmul of int32 tensors: they hold indices only")
      }
    }
  }
}

/// The product of two matrices, either of which may be taken transposed, without copying it.
///
/// - Parameters:
///   - a: m × k, or k × m if `transposingFirst`.
///   - b: k × n, or n × k if `transposingSecond`.
///   - transposingFirst: takes aᵀ.
///   - transposingSecond: takes bᵀ.
/// - Returns: m × n.
public func matmul(
  _ a: Tensor, _ b: Tensor, transposingFirst: Bool = false, transposingSecond: Bool = false
) -> Tensor {
  precondition(a.rank == 2 && b.rank == 2, "matmul: takes matrices, got shapes \(a.shape) and \(b.shape)")
  precondition(a.scalarType == b.scalarType, "matmul: \(a.scalarType) and \(b.scalarType)")
  precondition(
    a.shape[transposingFirst ? 0 : 1] == b.shape[transposingSecond ? 1 : 0],
    "matmul: shapes \(a.shape)\(transposingFirst ? "ᵀ" : "") and \(b.shape)\(transposingSecond ? "ᵀ" : "") do not fit")
  return Matmul(transposingFirst: transposingFirst, transposingSecond: transposingSecond).applied(to: a, b)
}
