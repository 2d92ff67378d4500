import CKernels

/// y = mask ≠ 0 ? a : b; ā = ȳ where the mask is not 0, b̄ = ȳ elsewhere. The mask gets no gradient.
struct Select: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor {
    let (mask, a, b) = (inputs[0], inputs[1], inputs[2])
    precondition(
      mask.shape == a.shape && a.shape == b.shape, "select: shapes \(mask.shape), \(a.shape), \(b.shape) differ")
    precondition(
      mask.scalarType == a.scalarType && a.scalarType == b.scalarType && a.scalarType.isFloatingPoint,
      "select: \(mask.scalarType), \(a.scalarType), \(b.scalarType): takes three of one floating-point type")
    let result = Tensor(uninitialized: a.shape, a.scalarType)
    switch a.scalarType {
    case .float32:
      mynah_select_f32(
        mask.pointer(as: Float.self), a.pointer(as: Float.self), b.pointer(as: Float.self),
        result.mutablePointer(as: Float.self), result.count)
    default:
      mynah_select_f64(
        mask.pointer(as: Double.self), a.pointer(as: Double.self), b.pointer(as: Double.self),
        result.mutablePointer(as: Double.self), result.count)
    }
    return withExtendedLifetime(inputs) { result }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    let zero = Tensor.zeros(cotangent.shape, scalarType: cotangent.scalarType)
    return [
      nil,
      needed[1] ? select(inputs[0], cotangent, zero) : nil,
      needed[2] ? select(inputs[0], zero, cotangent) : nil,
    ]
  }
}

/// `a` where `mask` is not 0, `b` elsewhere; with broadcasting.
public func select(_ mask: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
  let shape = broadcastShape(mask.shape, broadcastShape(a.shape, b.shape, "select"), "select")
  return Select().applied(to: mask.detached.broadcast(to: shape), a.broadcast(to: shape), b.broadcast(to: shape))
}
