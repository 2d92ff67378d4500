import CKernels
import MynahParallelism

/// A C kernel over an outer × inner grid of two operands.
struct BinaryKernel: Sendable {
  typealias Single =
    @convention(c) (
      UnsafePointer<Float>?, mynah_walk, UnsafePointer<Float>?, mynah_walk, UnsafeMutablePointer<Float>?, Int, Int
    ) -> Void
  typealias Double64 =
    @convention(c) (
      UnsafePointer<Double>?, mynah_walk, UnsafePointer<Double>?, mynah_walk, UnsafeMutablePointer<Double>?, Int, Int
    ) -> Void
  let name: StaticString
  let single: Single
  let double: Double64

  /// - Parameter shape: the output's; by default the one the operands broadcast to.
  func callAsFunction(_ a: Tensor, _ b: Tensor, into shape: [Int]? = nil) -> Tensor {
    precondition(a.scalarType == b.scalarType, "\(name): \(a.scalarType) and \(b.scalarType)")
    let shape = shape ?? broadcastShape(a.shape, b.shape, name)
    let result = Tensor(uninitialized: shape, a.scalarType)
    guard result.count > 0 else { return result }
    let plan = BroadcastPlan(a.shape, b.shape, into: shape)
    withExtendedLifetime((a, b)) {
      switch a.scalarType {
      case .float32: run(plan, a, b, result, single)
      case .float64: run(plan, a, b, result, double)
      case .int32: preconditionFailure("\(name): arithmetic on int32 tensors: they hold indices only")
      }
    }
    return result
  }

  private func run<Scalar>(
    _ plan: BroadcastPlan, _ a: Tensor, _ b: Tensor, _ result: Tensor,
    _ kernel: (
      UnsafePointer<Scalar>?, mynah_walk, UnsafePointer<Scalar>?, mynah_walk, UnsafeMutablePointer<Scalar>?, Int, Int
    ) -> Void
  ) {
    let (pa, pb, out) = (pointer(a), pointer(b), result.mutablePointer(as: Scalar.self))
    func pointer(_ t: Tensor) -> UnsafePointer<Scalar> { t.pointer(as: Scalar.self) }
    let (wa, wb, outer, inner) = (plan.firstWalk, plan.secondWalk, plan.outer, plan.inner)
    plan.forEachGrid { a, b, o in
      if outer == 1 {
        parallelChunks(of: inner, size: elementsPerTask) { part in
          let i = part.lowerBound
          kernel(pa + a + i * wa.inner, wa, pb + b + i * wb.inner, wb, out + o + i, 1, part.count)
        }
      } else {
        parallelChunks(of: outer, size: max(1, elementsPerTask / inner)) { part in
          let i = part.lowerBound
          kernel(pa + a + i * wa.outer, wa, pb + b + i * wb.outer, wb, out + o + i * inner, part.count, inner)
        }
      }
    }
  }
}
