import CKernels

/// Comparisons give 1 for true and 0 for false, and pass no gradient on: they are constant almost everywhere.
extension Tensor {
  private static let greaterKernel = BinaryKernel(name: "greater", single: mynah_greater_f32, double: mynah_greater_f64)
  private static let greaterOrEqualKernel = BinaryKernel(
    name: "greater or equal", single: mynah_greater_or_equal_f32, double: mynah_greater_or_equal_f64)
  private static let equalKernel = BinaryKernel(name: "equal", single: mynah_equal_f32, double: mynah_equal_f64)

  /// 1 where self > other, else 0; with broadcasting.
  public func greater(than other: Tensor) -> Tensor { Self.greaterKernel(self, other) }

  /// 1 where self ≥ other, else 0; with broadcasting.
  public func greaterOrEqual(to other: Tensor) -> Tensor { Self.greaterOrEqualKernel(self, other) }

  /// 1 where self = other, else 0; with broadcasting.
  public func equal(to other: Tensor) -> Tensor { Self.equalKernel(self, other) }
}
