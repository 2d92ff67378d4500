/// The lower triangular L with L Lᵀ = A, for a symmetric positive definite A.
public struct Cholesky: Sendable {
  public let order: Int
  /// Row-major, zeros above the diagonal.
  public let lower: [Double]

  /// Nil when A is not positive definite: when a pivot is not above `leastPivot`.
  ///
  /// - Parameters:
  ///   - matrix: row-major, `order` × `order`; only the lower triangle is read.
  ///   - order: rows of A.
  ///   - leastPivot: what every pivot must be above.
  public init?(_ matrix: [Double], order: Int, leastPivot: Double = 0) {
    precondition(matrix.count == order * order, "Cholesky: \(matrix.count) numbers for order \(order)")
    var l = [Double](repeating: 0, count: order * order)
    let isPositive = l.withUnsafeMutableBufferPointer { l in
      matrix.withUnsafeBufferPointer { a in
        for i in 0..<order {
          for j in 0...i {
            var sum = a[i * order + j]
            for k in 0..<j { sum -= l[i * order + k] * l[j * order + k] }
            if i == j {
              guard sum > leastPivot else { return false }
              l[i * order + i] = sum.squareRoot()
            } else {
              l[i * order + j] = sum / l[j * order + j]
            }
          }
        }
        return true
      }
    }
    guard isPositive else { return nil }
    self.order = order
    lower = l
  }

  /// The x with L x = b.
  public func solvedLower(_ b: [Double]) -> [Double] {
    precondition(b.count == order, "Cholesky: \(b.count) numbers for order \(order)")
    var x = b
    for i in 0..<order {
      for k in 0..<i { x[i] -= lower[i * order + k] * x[k] }
      x[i] /= lower[i * order + i]
    }
    return x
  }

  /// A⁻¹, row-major.
  public func inverse() -> [Double] {
    var inverse = [Double](repeating: 0, count: order * order)
    for column in 0..<order {
      var x = solvedLower((0..<order).map { $0 == column ? 1 : 0 })
      for i in stride(from: order - 1, through: 0, by: -1) {
        for k in stride(from: i + 1, to: order, by: 1) { x[i] -= lower[k * order + i] * x[k] }
        x[i] /= lower[i * order + i]
      }
      for i in 0..<order { inverse[i * order + column] = x[i] }
    }
    return inverse
  }
}
