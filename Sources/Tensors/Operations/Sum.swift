import CKernels
import MynahParallelism

/// y = Σ x over a run of neighbouring axes, which stay with length 1; x̄ = ȳ repeated along them.
struct Sum: DifferentiableOperation {
  let axes: Range<Int>

  func forward(_ inputs: [Tensor]) -> Tensor {
    let x = inputs[0]
    var shape = x.shape
    for axis in axes { shape[axis] = 1 }
    let result = Tensor(uninitialized: shape, x.scalarType)
    let outer = x.shape[..<axes.lowerBound].reduce(1, *)
    let reduced = x.shape[axes].reduce(1, *)
    let inner = x.shape[axes.upperBound...].reduce(1, *)
    switch x.scalarType {
    case .float32: Self.run(x, result, outer, reduced, inner, mynah_sum_f32)
    case .float64: Self.run(x, result, outer, reduced, inner, mynah_sum_f64)
    case .int32: preconditionFailure("sum of an int32 tensor: they hold indices only")
    }
    return withExtendedLifetime(x) { result }
  }

  private static func run<Scalar>(
    _ x: Tensor, _ result: Tensor, _ outer: Int, _ reduced: Int, _ inner: Int,
    _ kernel: (UnsafePointer<Scalar>?, UnsafeMutablePointer<Scalar>?, Int, Int, Int, Int) -> Void
  ) {
    let (from, to) = (x.pointer(as: Scalar.self), result.mutablePointer(as: Scalar.self))
    if outer == 1 && inner > 1 {
      // Strips of columns: each is summed whole by one thread.
      parallelChunks(of: inner, size: max(64, elementsPerTask / max(reduced, 1))) { part in
        kernel(from + part.lowerBound, to + part.lowerBound, 1, reduced, part.count, inner)
      }
    } else {
      parallelChunks(of: outer, size: max(1, elementsPerTask / max(reduced * inner, 1))) { part in
        kernel(
          from + part.lowerBound * reduced * inner, to + part.lowerBound * inner, part.count, reduced, inner, inner)
      }
    }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent.broadcast(to: inputs[0].shape)]
  }
}

extension Tensor {
  /// The sum of all elements, a scalar.
  public func sum() -> Tensor { rank == 0 ? self : Sum(axes: 0..<rank).applied(to: self).reshaped(to: []) }

  /// The sum over `axes` (negative ones count from the last); `keepingAxes` leaves them in place with length 1.
  public func sum(over axes: Int..., keepingAxes: Bool = false) -> Tensor { sum(over: axes, keepingAxes: keepingAxes) }

  public func sum(over axes: [Int], keepingAxes: Bool = false) -> Tensor {
    let axes = Set(axes.map { $0 < 0 ? $0 + rank : $0 })
    for axis in axes { precondition(shape.indices.contains(axis), "sum: no axis \(axis) in shape \(shape)") }
    var result = self
    var axis = 0
    while axis < rank {
      var end = axis
      while axes.contains(end) { end += 1 }
      if end > axis { result = Sum(axes: axis..<end).applied(to: result) }
      axis = end + 1
    }
    return keepingAxes ? result : result.reshaped(to: shape.indices.filter { !axes.contains($0) }.map { shape[$0] })
  }

  /// The mean of all elements, a scalar.
  public func mean() -> Tensor { sum() * (1 / Double(count)) }

  /// The mean over `axes` (negative ones count from the last).
  public func mean(over axes: Int..., keepingAxes: Bool = false) -> Tensor {
    let total = sum(over: axes, keepingAxes: keepingAxes)
    return total * (Double(max(total.count, 1)) / Double(max(count, 1)))
  }

  /// Undoes broadcasting: the sum over the axes that `shape` lacks or has with length 1.
  func summed(to shape: [Int]) -> Tensor {
    if shape == self.shape { return self }
    let offset = rank - shape.count
    let axes = self.shape.indices.filter { $0 < offset || (shape[$0 - offset] == 1 && self.shape[$0] != 1) }
    return sum(over: axes, keepingAxes: true).reshaped(to: shape)
  }
}
