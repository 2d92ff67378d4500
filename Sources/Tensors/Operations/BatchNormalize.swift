import CKernels
import MynahParallelism

/// The mean and the biased variance of each column of a matrix.
public struct ColumnMoments: Sendable {
  public let mean: Tensor
  public let variance: Tensor
}

extension Tensor {
  /// Mean and biased variance by column, as constants.
  public func columnMoments() -> ColumnMoments {
    precondition(
      rank == 2 && scalarType.isFloatingPoint, "columnMoments: takes a matrix of numbers, got \(shape) of \(scalarType)"
    )
    let mean = Tensor(uninitialized: [shape[1]], scalarType)
    let variance = Tensor(uninitialized: [shape[1]], scalarType)
    withExtendedLifetime(self) {
      parallelChunks(of: shape[1], size: columnsPerTask(shape)) { part in
        switch scalarType {
        case .float64:
          mynah_column_moments_f64(
            pointer(as: Double.self), shape[0], shape[1], part.lowerBound, part.upperBound,
            mean.mutablePointer(as: Double.self), variance.mutablePointer(as: Double.self))
        default:
          mynah_column_moments_f32(
            pointer(as: Float.self), shape[0], shape[1], part.lowerBound, part.upperBound,
            mean.mutablePointer(as: Float.self), variance.mutablePointer(as: Float.self))
        }
      }
    }
    return ColumnMoments(mean: mean, variance: variance)
  }
}

private func columnsPerTask(_ shape: [Int]) -> Int {
  shape[0] * shape[1] > elementsPerTask ? max(32, (shape[1] + 1) / 2) : max(1, shape[1])
}

/// Batch normalisation of a matrix by its own columns' moments: y = γ (x − μ) / √(σ² + ε) + β, where μ and σ² are those
/// of the batch (Ioffe and Szegedy 2015).
///
/// With x̂ = (x − μ) / √(σ² + ε): γ̄ = Σ ȳ x̂, β̄ = Σ ȳ, and x̄ = γ / √(σ² + ε) · (ȳ − β̄ / m − x̂ γ̄ / m).
struct BatchNormalize: DifferentiableOperation {
  let moments: ColumnMoments
  let epsilon: Double

  func forward(_ inputs: [Tensor]) -> Tensor {
    let (x, scale, shift) = (inputs[0], inputs[1], inputs[2])
    let inverse = inverseDeviation
    let result = Tensor(uninitialized: x.shape, x.scalarType)
    let (m, n) = (x.shape[0], x.shape[1])
    withExtendedLifetime((inputs, inverse)) {
      parallelChunks(of: m, size: max(1, elementsPerTask / max(1, n))) { part in
        let at = part.lowerBound * n
        switch x.scalarType {
        case .float64:
          mynah_normalize_f64(
            x.pointer(as: Double.self) + at, moments.mean.pointer(as: Double.self), inverse.pointer(as: Double.self),
            scale.pointer(as: Double.self), shift.pointer(as: Double.self), part.count, n,
            result.mutablePointer(as: Double.self) + at)
        default:
          mynah_normalize_f32(
            x.pointer(as: Float.self) + at, moments.mean.pointer(as: Float.self), inverse.pointer(as: Float.self),
            scale.pointer(as: Float.self), shift.pointer(as: Float.self), part.count, n,
            result.mutablePointer(as: Float.self) + at)
        }
      }
    }
    return result
  }

  private var inverseDeviation: Tensor { withoutRecording { (moments.variance + epsilon).power(-0.5) } }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    isRecording ? composed(cotangent, inputs) : fused(cotangent, inputs)
  }

  private func fused(_ g: Tensor, _ inputs: [Tensor]) -> [Tensor?] {
    let (x, scale) = (inputs[0], inputs[1])
    let (m, n) = (x.shape[0], x.shape[1])
    let inverse = inverseDeviation
    let sumG = Tensor(uninitialized: [n], x.scalarType)
    let sumGX = Tensor(uninitialized: [n], x.scalarType)
    let dx = Tensor(uninitialized: x.shape, x.scalarType)
    withExtendedLifetime((inputs, inverse, g)) {
      parallelChunks(of: n, size: columnsPerTask(x.shape)) { part in
        switch x.scalarType {
        case .float64:
          mynah_normalize_backward_f64(
            x.pointer(as: Double.self), g.pointer(as: Double.self), moments.mean.pointer(as: Double.self),
            inverse.pointer(as: Double.self), scale.pointer(as: Double.self), m, n, part.lowerBound, part.upperBound,
            sumG.mutablePointer(as: Double.self), sumGX.mutablePointer(as: Double.self),
            dx.mutablePointer(as: Double.self))
        default:
          mynah_normalize_backward_f32(
            x.pointer(as: Float.self), g.pointer(as: Float.self), moments.mean.pointer(as: Float.self),
            inverse.pointer(as: Float.self), scale.pointer(as: Float.self), m, n, part.lowerBound, part.upperBound,
            sumG.mutablePointer(as: Float.self), sumGX.mutablePointer(as: Float.self),
            dx.mutablePointer(as: Float.self))
        }
      }
    }
    return [dx, sumGX, sumG]
  }

  /// The same formulas in recorded operations, with the moments as functions of x.
  private func composed(_ g: Tensor, _ inputs: [Tensor]) -> [Tensor?] {
    let (x, scale) = (inputs[0], inputs[1])
    let centred = x - x.mean(over: 0, keepingAxes: true)
    let inverse = (centred.squared().mean(over: 0, keepingAxes: true) + epsilon).power(-0.5)
    let xhat = centred * inverse
    let sumG = g.sum(over: 0)
    let sumGX = (g * xhat).sum(over: 0)
    let share = 1 / Double(x.shape[0])
    return [scale * inverse * (g - sumG * share - xhat * (sumGX * share)), sumGX, sumG]
  }
}

extension Tensor {
  /// γ (x − μ) / √(σ² + ε) + β by column, with the moments of x itself.
  ///
  /// - Parameters:
  ///   - moments: `columnMoments()` of this very tensor; taken apart so that a layer can keep running averages of them.
  ///   - scale: γ, one number per column.
  ///   - shift: β, one number per column.
  ///   - epsilon: keeps columns that are constant finite.
  public func batchNormalized(by moments: ColumnMoments, scale: Tensor, shift: Tensor, epsilon: Double = 1e-5) -> Tensor
  {
    precondition(
      rank == 2 && scale.shape == [shape[1]] && shift.shape == scale.shape && moments.mean.shape == scale.shape,
      "batchNormalized: shape \(shape) with scale \(scale.shape) and shift \(shift.shape)")
    precondition(
      [scale, shift, moments.mean].allSatisfy { $0.scalarType == scalarType },
      "batchNormalized: \(scalarType) with scale \(scale.scalarType), shift \(shift.scalarType) "
        + "and moments \(moments.mean.scalarType)"
    )
    return BatchNormalize(moments: moments, epsilon: epsilon).applied(to: self, scale, shift)
  }
}
