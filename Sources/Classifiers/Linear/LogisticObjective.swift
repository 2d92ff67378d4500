#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// ½ ‖w‖² + Σ sᵢ log(1 + exp(−yᵢ zᵢ)), its derivatives, and where it is least. A point is w and then b.
struct LogisticObjective {
  let matrix: DesignMatrix
  let isPositive: [Bool]
  /// C times each row's weight.
  let weights: [Double]

  /// Newton's method: a direction by conjugate gradients, then halved steps until the value falls enough.
  func minimum(tolerance: Double, maximumIterations: Int) -> FittedLogisticRegression.Model {
    var point = Array(repeating: 0.0, count: matrix.columnCount + 1)
    point[matrix.columnCount] = startingIntercept
    var margins = margins(at: point)
    var value = value(at: point, margins)
    var iterations = 0
    let scale = weights.reduce(0, +)
    while iterations < maximumIterations {
      let gradient = gradient(at: point, margins)
      if gradient.reduce(0, { max($0, abs($1)) }) <= tolerance * scale { break }
      iterations += 1
      let step = NewtonStep(gradient: gradient, curvature: Curvature(self, margins)).direction
      let slope = zip(gradient, step).reduce(0) { $0 + $1.0 * $1.1 }
      let along = self.margins(at: step)
      var length = 1.0
      var improved = false
      while length > 1e-10 {
        let next = zip(point, step).map { $0 + length * $1 }
        let nextMargins = zip(margins, along).map { $0 + length * $1 }
        let nextValue = self.value(at: next, nextMargins)
        if nextValue <= value + 1e-4 * length * slope, nextValue < value {
          (point, margins, value, improved) = (next, nextMargins, nextValue, true)
          break
        }
        length /= 2
      }
      // Rounding hides what is left to gain.
      guard improved else { break }
    }
    return FittedLogisticRegression.Model(
      coefficients: Array(point.dropLast()), intercept: point[matrix.columnCount], iterations: iterations)
  }

  /// The best intercept without features: the log odds.
  private var startingIntercept: Double {
    var (positive, negative) = (0.0, 0.0)
    for (isPositive, weight) in zip(isPositive, weights) {
      if isPositive { positive += weight } else { negative += weight }
    }
    return positive > 0 && negative > 0 ? log(positive / negative) : 0
  }

  private func margins(at point: [Double]) -> [Double] {
    matrix.products(with: Array(point.dropLast()), adding: point[matrix.columnCount])
  }

  private func value(at point: [Double], _ margins: [Double]) -> Double {
    var sum = 0.0
    for row in margins.indices {
      let z = isPositive[row] ? margins[row] : -margins[row]
      sum += weights[row] * (z > 0 ? log1p(exp(-z)) : log1p(exp(z)) - z)
    }
    return sum + point.dropLast().reduce(0) { $0 + $1 * $1 } / 2
  }

  private func gradient(at point: [Double], _ margins: [Double]) -> [Double] {
    var sums = matrix.rowSums { row in
      weights[row] * (isPositive[row] ? -sigmoid(-margins[row]) : sigmoid(margins[row]))
    }
    for column in 0..<matrix.columnCount { sums[column] += point[column] }
    return sums
  }
}

/// Second derivatives at a point: I + Xᵀ D X, the intercept's column of ones without the I.
struct Curvature {
  private let matrix: DesignMatrix
  private let rows: [Double]
  /// Of the matrix, never 0.
  let diagonal: [Double]

  init(_ objective: LogisticObjective, _ margins: [Double]) {
    let matrix = objective.matrix
    let rows = zip(objective.weights, margins).map { weight, margin in weight * sigmoid(margin) * sigmoid(-margin) }
    var diagonal = matrix.rowSums(squared: true) { rows[$0] }
    for column in 0..<matrix.columnCount { diagonal[column] += 1 }
    diagonal[matrix.columnCount] = max(diagonal[matrix.columnCount], .leastNormalMagnitude)
    (self.matrix, self.rows, self.diagonal) = (matrix, rows, diagonal)
  }

  func times(_ vector: [Double]) -> [Double] {
    var result = vector.withUnsafeBufferPointer { vector in
      matrix.sums(
        with: UnsafeBufferPointer(rebasing: vector[0..<matrix.columnCount]), adding: vector[matrix.columnCount]
      ) { row, product in rows[row] * product }
    }
    for column in 0..<matrix.columnCount { result[column] += vector[column] }
    return result
  }
}

/// −H⁻¹g by conjugate gradients, scaled by the diagonal, to a precision that grows as the gradient shrinks.
struct NewtonStep {
  let direction: [Double]

  init(gradient: [Double], curvature: Curvature) {
    let size = dot(gradient, gradient).squareRoot()
    let goal = min(0.1, size.squareRoot()) * size
    var x = Array(repeating: 0.0, count: gradient.count)
    var residual = gradient.map { -$0 }
    var scaled = zip(residual, curvature.diagonal).map { $0 / $1 }
    var direction = scaled
    var product = dot(residual, scaled)
    for _ in 0..<max(50, min(500, 2 * gradient.count)) {
      let curved = curvature.times(direction)
      let bend = dot(direction, curved)
      guard bend > 0 else { break }
      let length = product / bend
      for j in x.indices {
        x[j] += length * direction[j]
        residual[j] -= length * curved[j]
      }
      if dot(residual, residual).squareRoot() <= goal { break }
      scaled = zip(residual, curvature.diagonal).map { $0 / $1 }
      let next = dot(residual, scaled)
      let turn = next / product
      product = next
      for j in direction.indices { direction[j] = scaled[j] + turn * direction[j] }
    }
    self.direction = x
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

/// 1 / (1 + exp(−z)), exact in both tails.
func sigmoid(_ z: Double) -> Double {
  if z >= 0 { return 1 / (1 + exp(-z)) }
  let e = exp(z)
  return e / (1 + e)
}
