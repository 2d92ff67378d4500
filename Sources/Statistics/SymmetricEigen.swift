/// Eigenvalues and eigenvectors of a symmetric matrix, A = V diag(λ) Vᵀ, by Jacobi's cyclic rotations (Golub and Van Loan,
/// "Matrix computations", 8.5): slow for thousands of rows, exact to rounding for the matrices of tables.
public struct SymmetricEigen: Sendable {
  public let order: Int
  /// In no particular order.
  public let values: [Double]
  /// Row-major; column k belongs to `values[k]`.
  public let vectors: [Double]

  private static let sweeps = 30

  /// - Parameters:
  ///   - matrix: row-major, `order` × `order`, symmetric and finite.
  ///   - order: rows of the matrix.
  public init(_ matrix: [Double], order: Int) {
    precondition(matrix.count == order * order, "SymmetricEigen: \(matrix.count) numbers for order \(order)")
    var a = matrix
    var v = (0..<order * order).map { $0 / max(1, order) == $0 % max(1, order) ? 1.0 : 0 }
    a.withUnsafeMutableBufferPointer { a in
      v.withUnsafeMutableBufferPointer { v in
        for _ in 0..<Self.sweeps where !Self.sweep(a, v, order) {}
      }
    }
    self.order = order
    values = (0..<order).map { a[$0 * order + $0] }
    vectors = v
  }

  /// Rotates every pair of axes once so that its element vanishes; true when all have vanished already.
  private static func sweep(
    _ a: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>, _ order: Int
  ) -> Bool {
    var isDiagonal = true
    for p in 0..<order {
      for q in (p + 1)..<max(p + 1, order) {
        let element = a[p * order + q]
        guard abs(element) > 1e-15 * (abs(a[p * order + p]) + abs(a[q * order + q])) else { continue }
        isDiagonal = false
        let theta = (a[q * order + q] - a[p * order + p]) / (2 * element)
        let tangent = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        for k in 0..<order {
          let (first, second) = (a[k * order + p], a[k * order + q])
          a[k * order + p] = cosine * first - sine * second
          a[k * order + q] = sine * first + cosine * second
        }
        for k in 0..<order {
          let (first, second) = (a[p * order + k], a[q * order + k])
          a[p * order + k] = cosine * first - sine * second
          a[q * order + k] = sine * first + cosine * second
        }
        for k in 0..<order {
          let (first, second) = (v[k * order + p], v[k * order + q])
          v[k * order + p] = cosine * first - sine * second
          v[k * order + q] = sine * first + cosine * second
        }
      }
    }
    return isDiagonal
  }
}
