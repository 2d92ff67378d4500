/// One-dimensional data as ascending points with weights, so that a fit costs as much as there are points, not rows.
///
/// A point stands for `weights[i]` rows whose mean is `points[i]` and whose variance around it is `variances[i]`: zero
/// for a distinct value, positive for a bin.
public struct WeightedPoints: Sendable, Equatable {
  public let points: [Double]
  public let weights: [Double]
  public let variances: [Double]

  public var count: Int { points.count }
  public var totalWeight: Double { weights.reduce(0, +) }

  init(points: [Double], weights: [Double], variances: [Double]) {
    self.points = points
    self.weights = weights
    self.variances = variances
  }

  /// The distinct values and how many rows hold each. `values` must be finite.
  public init(distinct values: [Double]) {
    let sorted = sortedAscending(values)
    var points: [Double] = []
    var weights: [Double] = []
    var row = 0
    while row < sorted.count {
      let value = sorted[row]
      let first = row
      while row < sorted.count, sorted[row] == value { row += 1 }
      points.append(value)
      weights.append(Double(row - first))
    }
    self.init(points: points, weights: weights)
  }

  /// Distinct values, which the caller gives in ascending order, and their weights.
  public init(points: [Double], weights: [Double]) {
    precondition(points.count == weights.count, "WeightedPoints: \(points.count) points, \(weights.count) weights")
    self.init(points: points, weights: weights, variances: Array(repeating: 0, count: points.count))
  }

  public var mean: Double {
    var sum = 0.0
    for index in 0..<count { sum += weights[index] * points[index] }
    return sum / totalWeight
  }

  /// Σ w ((x − mean)² + v) / Σ w: the variance with divisor n.
  public var populationVariance: Double {
    let mean = mean
    var sum = 0.0
    for index in 0..<count {
      let deviation = points[index] - mean
      sum += weights[index] * (deviation * deviation + variances[index])
    }
    return sum / totalWeight
  }

  /// The same data with every point moved and scaled: (x − center) / scale. `scale` must be positive.
  public func standardized(center: Double, scale: Double) -> WeightedPoints {
    WeightedPoints(
      points: points.map { ($0 - center) / scale }, weights: weights,
      variances: variances.map { $0 / scale / scale })
  }

  /// The points that `isKept` says yes to.
  public func filtered(_ isKept: (Int) -> Bool) -> WeightedPoints {
    let kept = (0..<count).filter(isKept)
    return WeightedPoints(
      points: kept.map { points[$0] }, weights: kept.map { weights[$0] }, variances: kept.map { variances[$0] })
  }

  /// At most about `limit` points, each the mean of neighbours, with their variance around it.
  ///
  /// Neighbours share a bin when they fall into the same one of `limit / 2` bins of equal width and the same one of
  /// `limit / 2` bins of equal weight: the first keep the tails apart, the second the crowded middle.
  public func binned(to limit: Int) -> WeightedPoints {
    guard count > limit, limit >= 2 else { return self }
    let half = Double(limit / 2)
    let low = points[0]
    let perWidth = half / (points[count - 1] - low)
    let perWeight = half / totalWeight
    var bins = Bins()
    var weightBefore = 0.0
    var previous = (-1.0, -1.0)
    var first = 0
    for index in 0..<count {
      let key = (((points[index] - low) * perWidth).rounded(.down), (weightBefore * perWeight).rounded(.down))
      if index > 0, key != previous {
        bins.append(self, first..<index)
        first = index
      }
      previous = key
      weightBefore += weights[index]
    }
    bins.append(self, first..<count)
    return WeightedPoints(points: bins.points, weights: bins.weights, variances: bins.variances)
  }

  private struct Bins {
    var points: [Double] = []
    var weights: [Double] = []
    var variances: [Double] = []

    mutating func append(_ source: WeightedPoints, _ range: Range<Int>) {
      let origin = source.points[range.lowerBound]
      var weight = 0.0
      var first = 0.0
      var second = 0.0
      for index in range {
        let offset = source.points[index] - origin
        weight += source.weights[index]
        first += source.weights[index] * offset
        second += source.weights[index] * (offset * offset + source.variances[index])
      }
      let mean = first / weight
      points.append(origin + mean)
      weights.append(weight)
      variances.append(max(0, second / weight - mean * mean))
    }
  }
}
