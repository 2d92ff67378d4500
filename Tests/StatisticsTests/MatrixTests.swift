import MynahRandomness
import MynahStatistics
import Testing

@Suite struct MatrixTests {
  private func product(_ a: [Double], _ b: [Double], _ order: Int) -> [Double] {
    (0..<order * order).map { place in
      (0..<order).reduce(0) { $0 + a[place / order * order + $1] * b[$1 * order + place % order] }
    }
  }

  private func transposed(_ a: [Double], _ order: Int) -> [Double] {
    (0..<order * order).map { a[$0 % order * order + $0 / order] }
  }

  private func identity(_ order: Int) -> [Double] { (0..<order * order).map { $0 / order == $0 % order ? 1 : 0 } }

  private func random(_ order: Int) -> [Double] {
    var random = RandomSource(seed: UInt64(order))
    let a = (0..<order * order).map { _ in random.normal() }
    return zip(product(a, transposed(a, order), order), identity(order)).map { $0 + $1 }
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } }

  @Test(arguments: [1, 2, 7, 20]) func choleskyMultipliesBack(_ order: Int) throws {
    let matrix = random(order)
    let cholesky = try #require(Cholesky(matrix, order: order))
    #expect(distance(product(cholesky.lower, transposed(cholesky.lower, order), order), matrix) < 1e-11)
    #expect(distance(product(cholesky.inverse(), matrix, order), identity(order)) < 1e-10)
    let b = (0..<order).map { Double($0) - 2 }
    let x = cholesky.solvedLower(b)
    for i in 0..<order {
      #expect(abs((0..<order).reduce(0) { $0 + cholesky.lower[i * order + $1] * x[$1] } - b[i]) < 1e-11)
    }
  }

  @Test func whatIsNotPositiveDefiniteHasNoCholesky() {
    #expect(Cholesky([1, 2, 2, 1], order: 2) == nil)
    #expect(Cholesky([1, 1, 1, 1], order: 2, leastPivot: 1e-9) == nil)
    #expect(Cholesky([], order: 0) != nil)
  }

  @Test(arguments: [1, 2, 7, 20]) func eigenvectorsDiagonalise(_ order: Int) {
    let matrix = random(order)
    let eigen = SymmetricEigen(matrix, order: order)
    let scaled = (0..<order * order).map { eigen.vectors[$0] * eigen.values[$0 % order] }
    #expect(distance(product(scaled, transposed(eigen.vectors, order), order), matrix) < 1e-11)
    #expect(distance(product(eigen.vectors, transposed(eigen.vectors, order), order), identity(order)) < 1e-12)
  }

  /// Eigenvalues of [[2, 1], [1, 2]] are 1 and 3.
  @Test func knownEigenvalues() {
    let values = SymmetricEigen([2, 1, 1, 2], order: 2).values.sorted()
    #expect(distance(values, [1, 3]) < 1e-15)
  }
}
