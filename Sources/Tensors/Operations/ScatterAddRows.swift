import CKernels
import MynahParallelism

/// y = zeros, plus x[i] at row rows[i]; x̄ = ȳ gathered. Rows that occur more than once add up, in order.
struct ScatterAddRows: DifferentiableOperation {
  let shape: [Int]

  func forward(_ inputs: [Tensor]) -> Tensor {
    let (x, rows) = (inputs[0], inputs[1])
    let result = Tensor.zeros(shape, scalarType: x.scalarType)
    let width = shape.dropFirst().reduce(1, *)
    let indices = rows.pointer(as: Int32.self)
    // Threads take columns, so that a row hit twice is summed by one thread, in order.
    let strip = rows.count * width > elementsPerTask ? max(64, (width + 1) / 2) : width
    parallelChunks(of: width, size: max(strip, 1)) { part in
      switch x.scalarType {
      case .float32:
        mynah_scatter_coded_rows_f32(
          x.pointer(as: Float.self), indices, rows.count, 1, width, part.lowerBound, part.upperBound,
          result.mutablePointer(as: Float.self))
      default:
        mynah_scatter_coded_rows_f64(
          x.pointer(as: Double.self), indices, rows.count, 1, width, part.lowerBound, part.upperBound,
          result.mutablePointer(as: Double.self))
      }
    }
    return withExtendedLifetime(inputs) { result }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent.gatheringRows(inputs[1]), nil]
  }
}

extension Tensor {
  /// `count` rows of zeros with row i of self added at `rows[i]`; negative indices are skipped.
  public func scatterAddingRows(at rows: Tensor, count: Int) -> Tensor {
    precondition(scalarType.isFloatingPoint, "scatterAddingRows: arithmetic on int32 tensors: they hold indices only")
    rows.checkIndices(below: count, "scatterAddingRows")
    let lead = rows.rank
    precondition(
      Array(shape.prefix(lead)) == rows.shape, "scatterAddingRows: shape \(shape) does not begin with \(rows.shape)")
    return ScatterAddRows(shape: [count] + shape.dropFirst(lead)).applied(to: self, rows)
  }
}
