/// Rows in the order of their scores, highest first; rows of one score are never told apart.
///
/// Sorted once; curves under other weights, as a bootstrap draws them, then take one pass.
public struct RankedScores: Sendable {
  /// The distinct scores, descending.
  public let thresholds: [Double]
  let isPositive: [Bool]
  private let order: [Int32]
  /// Where in `order` the rows of each threshold end.
  private let ends: [Int32]

  /// - Parameters:
  ///   - scores: of each row, the higher the more likely positive; none is NaN.
  ///   - isPositive: whether the row is of the positive class.
  public init(scores: [Double], isPositive: [Bool]) {
    precondition(
      scores.count == isPositive.count, "RankedScores: \(scores.count) scores for \(isPositive.count) rows")
    let order = scores.withUnsafeBufferPointer { scores in
      (0..<Int32(scores.count)).sorted { a, b in
        let (x, y) = (scores[Int(a)], scores[Int(b)])
        return x != y ? x > y : a < b
      }
    }
    var thresholds: [Double] = []
    var ends: [Int32] = []
    for (place, row) in order.enumerated() {
      let score = scores[Int(row)]
      if score == thresholds.last {
        ends[ends.count - 1] = Int32(place + 1)
      } else {
        thresholds.append(score)
        ends.append(Int32(place + 1))
      }
    }
    (self.order, self.ends, self.thresholds, self.isPositive) = (order, ends, thresholds, isPositive)
  }

  /// What is caught at each threshold, with every row counted `weights` times (once by default).
  public func curve(weights: [Double]? = nil) -> OperatingCurve {
    precondition(
      weights?.count ?? order.count == order.count,
      "curve(weights:): \(weights?.count ?? 0) weights for \(order.count) rows")
    var (trues, falses) = ([Double](), [Double]())
    trues.reserveCapacity(ends.count)
    falses.reserveCapacity(ends.count)
    var (positive, negative) = (0.0, 0.0)
    var place = 0
    for end in ends {
      while place < end {
        let row = Int(order[place])
        let weight = weights?[row] ?? 1
        if isPositive[row] { positive += weight } else { negative += weight }
        place += 1
      }
      trues.append(positive)
      falses.append(negative)
    }
    return OperatingCurve(thresholds: thresholds, truePositives: trues, falsePositives: falses)
  }
}
