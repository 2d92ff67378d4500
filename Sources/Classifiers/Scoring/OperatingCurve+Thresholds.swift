/// What a wrong answer costs, in any unit.
public struct CostMatrix: Codable, Sendable, Equatable {
  /// Of calling a negative row positive (a needless alert), at least 0.
  public var falsePositive: Double
  /// Of missing a positive row, at least 0.
  public var falseNegative: Double

  public init(falsePositive: Double = 1, falseNegative: Double = 10) {
    self.falsePositive = falsePositive
    self.falseNegative = falseNegative
  }
}

/// Thresholds are chosen on one set of rows and applied to another: on the set they are chosen on, they flatter.
extension OperatingCurve {
  /// F1 = 2 TP / (2 TP + FP + FN) when scores of at least `threshold` are called positive; 0 where nothing is caught.
  public func f1(at threshold: Double) -> Double {
    let (trues, falses) = caught(at: threshold)
    return f1(trues, falses)
  }

  /// The threshold of the best F1; of equally good ones the highest. Infinity without rows.
  public func bestF1() -> (threshold: Double, f1: Double) {
    var best = (threshold: Double.infinity, f1: 0.0)
    for (place, threshold) in thresholds.enumerated() {
      let value = f1(truePositives[place], falsePositives[place])
      if value > best.f1 { best = (threshold, value) }
    }
    return best
  }

  /// The mean cost of a row when scores of at least `threshold` are called positive.
  public func cost(_ costs: CostMatrix, at threshold: Double) -> Double {
    let (trues, falses) = caught(at: threshold)
    return cost(costs, trues, falses)
  }

  /// The threshold of least cost; of equally cheap ones the highest. Infinity, where no alert at all is cheapest.
  public func leastCost(_ costs: CostMatrix) -> (threshold: Double, cost: Double) {
    var best = (threshold: Double.infinity, cost: cost(costs, 0, 0))
    for (place, threshold) in thresholds.enumerated() {
      let value = cost(costs, truePositives[place], falsePositives[place])
      if value < best.cost { best = (threshold, value) }
    }
    return best
  }

  private func f1(_ trues: Double, _ falses: Double) -> Double {
    trues > 0 ? 2 * trues / (trues + falses + positives) : 0
  }

  private func cost(_ costs: CostMatrix, _ trues: Double, _ falses: Double) -> Double {
    (costs.falsePositive * falses + costs.falseNegative * (positives - trues)) / (positives + negatives)
  }
}
