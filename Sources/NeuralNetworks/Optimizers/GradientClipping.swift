import CKernels
import MynahParallelism
import MynahTensors

/// The Euclidean norm of all gradients together.
public func globalNorm(_ gradients: [Tensor]) -> Double {
  gradients.reduce(0) { $0 + sumOfSquares($1) }.squareRoot()
}

private func sumOfSquares(_ tensor: Tensor) -> Double {
  guard tensor.scalarType == .float32 else { return tensor.detached.squared().sum().item }
  let size = 32_768
  return tensor.withUnsafeElements(as: Float.self) { x in
    guard let base = x.baseAddress else { return 0 }
    // Parts have sums of their own, added in order, so that threads do not change the result.
    let parts = parallelMap((x.count + size - 1) / size) { part in
      mynah_sum_of_squares_f32(base + part * size, min(size, x.count - part * size))
    }
    return parts.reduce(0, +)
  }
}

/// The gradients, scaled down together so that their norm is at most `maximum` (Pascanu et al. 2013).
public func clipped(_ gradients: [Tensor], toGlobalNorm maximum: Double) -> [Tensor] {
  let norm = globalNorm(gradients)
  guard norm > maximum else { return gradients }
  return gradients.map { $0 * (maximum / norm) }
}
