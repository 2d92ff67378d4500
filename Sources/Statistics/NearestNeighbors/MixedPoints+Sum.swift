import MynahParallelism

extension MixedPoints {
  /// Σ over pairs of d(a, b), each pair once. Takes time that grows with the square of the points.
  public func sumOfDistances() -> Double {
    guard count > 1 else { return 0 }
    let sums = parallelMap(count) { row in
      (0..<row).reduce(0.0) { $0 + squaredDistance(row, to: self, $1).squareRoot() }
    }
    return sums.reduce(0, +)
  }
}
