import MynahClassifiers
import MynahStatistics

/// How well an attack's suspicion tells members from others.
struct RankedAttack {
  /// P(a member's suspicion is greater than another's), ties half.
  let area: Double
  /// Of the area, by DeLong's formula.
  let standardError: Double
  let curve: OperatingCurve
  private let members: Int
  private let others: Int

  /// - Parameters: the suspicion of members and of others, higher for rows that seem to be members; at least two each.
  init(members: [Double], others: [Double]) {
    self.members = members.count
    self.others = others.count
    curve = RankedScores(
      scores: members + others, isPositive: members.map { _ in true } + others.map { _ in false }
    ).curve()
    let (sortedMembers, sortedOthers) = (members.sorted(), others.sorted())
    let ofMembers = members.map { Self.shareBelow($0, sortedOthers) }
    let ofOthers = others.map { 1 - Self.shareBelow($0, sortedMembers) }
    area = ofMembers.reduce(0, +) / Double(members.count)
    standardError =
      (Self.variance(ofMembers) / Double(members.count) + Self.variance(ofOthers) / Double(others.count)).squareRoot()
  }

  /// The 95 % interval of the area, within 0...1.
  var interval: ClosedRange<Double> {
    let margin = StandardNormal.quantile(0.975) * standardError
    return max(0, area - margin)...min(1, area + margin)
  }

  /// The share of members found at a false positive rate of at most `rate`; nil where there are too few others for that rate
  /// to be one of them.
  func recall(atFalsePositiveRate rate: Double) -> WilsonInterval? {
    guard Double(others) * rate >= 1 else { return nil }
    let found = min(1, max(0, curve.recall(atFalsePositiveRate: rate)))
    return WilsonInterval(successes: found * Double(members), of: Double(members))
  }

  /// The share of `sorted` that is less than `value`, equal ones half.
  private static func shareBelow(_ value: Double, _ sorted: [Double]) -> Double {
    func first(_ isPast: (Double) -> Bool) -> Int {
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if isPast(sorted[middle]) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    return Double(first { $0 >= value } + first { $0 > value }) / (2 * Double(sorted.count))
  }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, values.count - 1))
  }
}
