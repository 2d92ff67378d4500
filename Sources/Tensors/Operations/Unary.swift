import CKernels
import MynahParallelism

/// Elements that one thread takes at a time: small enough for two threads to share a layer's activations, large enough
/// to be worth waking one.
let elementsPerTask = 32_768

typealias FloatMap = (UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int) -> Void
typealias DoubleMap = (UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, Int) -> Void

extension Tensor {
  /// A tensor of the same shape, made by a C kernel that maps a run of elements.
  func mapped(_ single: FloatMap, _ double: DoubleMap) -> Tensor {
    let result = Tensor(uninitialized: shape, scalarType)
    switch scalarType {
    case .float32:
      let (from, to) = (pointer(as: Float.self), result.mutablePointer(as: Float.self))
      withExtendedLifetime(self) {
        parallelChunks(of: count, size: elementsPerTask) { single(from + $0.lowerBound, to + $0.lowerBound, $0.count) }
      }
    case .float64:
      let (from, to) = (pointer(as: Double.self), result.mutablePointer(as: Double.self))
      withExtendedLifetime(self) {
        parallelChunks(of: count, size: elementsPerTask) { double(from + $0.lowerBound, to + $0.lowerBound, $0.count) }
      }
    case .int32: preconditionFailure("arithmetic on int32 tensors: they hold indices only")
    }
    return result
  }
}
