import MynahStatistics
import MynahTables

/// z = Φ⁻¹(F(x)) and x = F⁻¹(Φ(z)), with F linear between quantiles.
///
/// Where several quantiles are equal, F is in the middle of their levels; F⁻¹ gives the value for all of them. F is kept
/// off 0 and 1 by 10⁻⁷, so that z is in −5.1993…5.1993. Other than in scikit-learn's transformer, the middle is also taken
/// at the least and the greatest value, so that a value that a tenth of all rows share is not 5.2 deviations off.
public struct QuantileTransform: NumberTransform {
  public static let head = EncodedSpan.Head.identity
  /// Number i is the quantile of level i / (count − 1); ascending. None where there is nothing to transform.
  public let quantiles: [Double]

  public var codeCount: Int { quantiles.isEmpty ? 0 : 1 }

  /// - Parameter count: at least 2.
  init(_ data: WeightedPoints, count: Int) {
    quantiles = data.count < 2 ? [] : data.quantiles(min(count, Int(data.totalWeight)))
  }

  private enum CodingKeys: String, CodingKey { case quantiles }

  /// - Throws: `TableError` when the quantiles read cannot have come from a fit.
  public init(from decoder: any Decoder) throws {
    quantiles = try decoder.container(keyedBy: CodingKeys.self).decode([Double].self, forKey: .quantiles)
    guard quantiles.count != 1, quantiles.allSatisfy(\.isFinite),
      zip(quantiles, quantiles.dropFirst()).allSatisfy({ $0 <= $1 })
    else { throw TableError("quantiles must be at least two, finite and ascending") }
  }

  /// −Φ⁻¹(10⁻⁷ − 2⁻⁵²).
  private static let limit = 5.199337582605575
  /// Scalars of 24 bits beyond this stand for the limit.
  private static let end = 5.1993

  public func encoded(_ value: Double, draw: Float) -> (code: Int, scalar: Float) {
    (0, Float(max(-Self.limit, min(Self.limit, StandardNormal.quantile(level(of: value))))))
  }

  public func decoded(code: Int, scalar: Float) -> Double {
    let z = scalar.isNaN ? 0 : Double(scalar)
    let last = quantiles.count - 1
    if z <= -Self.end { return quantiles[0] }
    if z >= Self.end { return quantiles[last] }
    let position = StandardNormal.cumulative(z) * Double(last)
    let below = min(Int(position), last - 1)
    return interpolated(quantiles[below], quantiles[below + 1], position - Double(below))
  }

  /// F(x), in 0...1.
  private func level(of value: Double) -> Double {
    let last = quantiles.count - 1
    let first = partition { $0 < value }
    guard first <= last else { return 1 }
    guard quantiles[first] != value else {
      let end = partition { $0 <= value }
      return Double(first + end - 1) / Double(2 * last)
    }
    guard first > 0 else { return 0 }
    let (low, high) = (quantiles[first - 1], quantiles[first])
    let width = high - low
    // The distance of finite numbers may not be finite.
    let share = width.isFinite ? (value - low) / width : (value / 2 - low / 2) / (high / 2 - low / 2)
    return (Double(first - 1) + share) / Double(last)
  }

  /// How many quantiles, from the first, `isBefore` says yes to.
  private func partition(_ isBefore: (Double) -> Bool) -> Int {
    var (low, high) = (0, quantiles.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(quantiles[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The number at `share` of the way from `low` to `high`, never outside of them.
private func interpolated(_ low: Double, _ high: Double, _ share: Double) -> Double {
  max(low, min(high, low * (1 - share) + high * share))
}

extension WeightedPoints {
  /// `count` quantiles at equal distances from the least point to the greatest, by linear interpolation between order
  /// statistics (type 7 of Hyndman and Fan, 1996). Weights are whole numbers, `count` at least 2.
  fileprivate func quantiles(_ count: Int) -> [Double] {
    let greatestRank = totalWeight - 1
    var point = 0
    // Ranks up to this one have the value of `point`.
    var lastRank = weights[0] - 1
    return (0..<count).map { index in
      let position = Double(index) * greatestRank / Double(count - 1)
      while lastRank < position.rounded(.down), point + 1 < points.count {
        point += 1
        lastRank += weights[point]
      }
      guard position > lastRank, point + 1 < points.count else { return points[point] }
      return interpolated(points[point], points[point + 1], position - position.rounded(.down))
    }
  }
}
