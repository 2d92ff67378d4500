/// Linear regression with a squared penalty:
///
///     minimise over w, b:  Σ (yᵢ − w·xᵢ − b)² + α ‖w‖²
///
/// The intercept b is not penalised, as in scikit-learn. By conjugate gradients, scaled by the diagonal, on the normal
/// equations, in float64 (Hoerl and Kennard, "Ridge regression", 1970). Draws no random numbers.
public struct RidgeRegression: Codable, Sendable, Equatable {
  /// α, above 0: the penalty, in squared units of the target for each squared unit of a weight.
  public var penalty = 1.0
  /// Fitting ends when the residual of the equations is this share of their right side.
  public var tolerance = 1e-10

  public static var form: FeatureDesign.Form { .linear }

  public init() {}

  /// - Parameters:
  ///   - matrix: the features.
  ///   - targets: a number for each row, none missing.
  /// - Throws: `ClassifierError` when there are no rows, a number is not finite, or the penalty makes no sense.
  public func fitted(to matrix: DesignMatrix, targets: [Double]) throws(ClassifierError) -> FittedRidgeRegression {
    precondition(
      targets.count == matrix.rowCount, "fitted(to:targets:): \(targets.count) targets for \(matrix.rowCount) rows")
    guard penalty > 0, penalty.isFinite else { throw ClassifierError("the penalty must be above 0, not \(penalty)") }
    let scale = try TargetScale(targets)
    // The answer is linear in the targets, so it may be found in any unit of theirs.
    let point = solution(matrix, targets.map { ($0 - scale.mean) / scale.deviation })
    return FittedRidgeRegression(
      coefficients: point.dropLast().map { $0 * scale.deviation },
      intercept: (point.last ?? 0) * scale.deviation + scale.mean)
  }

  /// Solves (XᵀX + αI) v = Xᵀy, with a column of ones behind X that has no α.
  private func solution(_ matrix: DesignMatrix, _ targets: [Double]) -> [Double] {
    let width = matrix.columnCount
    var diagonal = matrix.rowSums(squared: true) { _ in 1 }
    for column in 0..<width { diagonal[column] += penalty }
    func times(_ vector: [Double]) -> [Double] {
      var result = vector.withUnsafeBufferPointer { vector in
        matrix.sums(with: UnsafeBufferPointer(rebasing: vector[0..<width]), adding: vector[width]) { $1 }
      }
      for column in 0..<width { result[column] += penalty * vector[column] }
      return result
    }
    var x = Array(repeating: 0.0, count: width + 1)
    var residual = matrix.rowSums { targets[$0] }
    let goal = tolerance * dot(residual, residual).squareRoot()
    var direction = zip(residual, diagonal).map { $0 / $1 }
    var product = dot(residual, direction)
    for _ in 0..<max(200, 4 * width) {
      let curved = times(direction)
      let bend = dot(direction, curved)
      guard bend > 0 else { break }
      let length = product / bend
      for j in x.indices {
        x[j] += length * direction[j]
        residual[j] -= length * curved[j]
      }
      if dot(residual, residual).squareRoot() <= goal { break }
      let scaled = zip(residual, diagonal).map { $0 / $1 }
      let next = dot(residual, scaled)
      let turn = next / product
      product = next
      for j in direction.indices { direction[j] = scaled[j] + turn * direction[j] }
    }
    return x
  }
}

/// The weights that were learned.
public struct FittedRidgeRegression: FittedRegressor, Codable, Equatable {
  public let coefficients: [Double]
  public let intercept: Double

  public func predictions(_ matrix: DesignMatrix) throws -> [Double] {
    guard matrix.columnCount == coefficients.count else {
      throw ClassifierError(
        "the weights were learned on \(coefficients.count) features, these rows have \(matrix.columnCount)")
    }
    return matrix.products(with: coefficients, adding: intercept)
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
