extension WeightedPoints {
  /// The least point at or below which at least a share `level` of the weight lies: the inverse of the empirical
  /// distribution function. `level` is in 0...1.
  public func quantile(_ level: Double) -> Double {
    precondition(count > 0, "quantile: no points")
    let target = level * totalWeight
    var sum = 0.0
    for index in 0..<count {
      sum += weights[index]
      if sum >= target { return points[index] }
    }
    return points[count - 1]
  }
}

/// The quantile of ascending values by linear interpolation between order statistics (type 7 of Hyndman and Fan, "Sample
/// quantiles in statistical packages", 1996, the default of NumPy and R). `level` is in 0...1.
public func quantile(_ level: Double, ofSorted values: [Double]) -> Double {
  precondition(!values.isEmpty, "quantile: no values")
  let position = min(max(level, 0), 1) * Double(values.count - 1)
  let below = Int(position)
  let above = min(below + 1, values.count - 1)
  return values[below] + (position - Double(below)) * (values[above] - values[below])
}
