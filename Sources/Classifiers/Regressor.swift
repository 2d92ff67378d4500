/// What predicts numbers.
public protocol FittedRegressor: Sendable {
  /// Every row's number.
  ///
  /// - Throws: `ClassifierError` when the columns are not those of the training matrix.
  func predictions(_ matrix: DesignMatrix) throws -> [Double]
}

/// The mean and the deviation of numbers to learn: learned numbers are of size 1 whatever the unit.
struct TargetScale: Codable, Sendable, Equatable {
  let mean: Double
  let deviation: Double

  /// - Throws: `ClassifierError` when there are no numbers, or one is infinite or missing.
  init(_ targets: [Double]) throws(ClassifierError) {
    guard !targets.isEmpty else { throw ClassifierError("there is no row to learn from") }
    guard targets.allSatisfy(\.isFinite) else {
      throw ClassifierError("numbers to learn must be finite; leave out rows without one")
    }
    // Divided first, so that the sum of great numbers stays finite.
    let count = Double(targets.count)
    let mean = targets.reduce(0) { $0 + $1 / count }
    let largest = targets.reduce(0) { max($0, abs($1 - mean)) }
    let squares = targets.reduce(0) { sum, target in
      let share = largest > 0 ? (target - mean) / largest : 0
      return sum + share * share / count
    }
    let deviation = largest * squares.squareRoot()
    self.mean = mean
    self.deviation = deviation > 0 && deviation.isFinite ? deviation : 1
  }
}
