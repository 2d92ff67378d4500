import MynahTensors

/// The Euclidean norm of all gradients together.
public func globalNorm(_ gradients: [Tensor]) -> Double {
  gradients.reduce(0) { $0 + $1.detached.squared().sum().item }.squareRoot()
}

/// The gradients, scaled down together so that their norm is at most `maximum` (Pascanu et al. 2013).
public func clipped(_ gradients: [Tensor], toGlobalNorm maximum: Double) -> [Tensor] {
  let norm = globalNorm(gradients)
  guard norm > maximum else { return gradients }
  return gradients.map { $0 * (maximum / norm) }
}
