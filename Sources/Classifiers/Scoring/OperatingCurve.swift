/// How many positives and negatives have a score at or above each threshold.
public struct OperatingCurve: Sendable, Equatable {
  /// Descending.
  public let thresholds: [Double]
  /// Positives (by weight) with that score or a higher one, ascending.
  public let truePositives: [Double]
  public let falsePositives: [Double]

  public var positives: Double { truePositives.last ?? 0 }
  public var negatives: Double { falsePositives.last ?? 0 }

  /// The area under the receiver operating characteristic, by trapezoids: the chance that a positive scores higher than a
  /// negative, ties counting half. In 0...1; NaN without rows of both classes.
  public var rocAUC: Double {
    var area = 0.0
    var (lastTrue, lastFalse) = (0.0, 0.0)
    for (trues, falses) in zip(truePositives, falsePositives) {
      area += (falses - lastFalse) * (trues + lastTrue) / 2
      (lastTrue, lastFalse) = (trues, falses)
    }
    return area / (positives * negatives)
  }

  /// The area under precision and recall as average precision, Σ (Rₙ − Rₙ₋₁) Pₙ, without interpolation (Davis and Goadrich,
  /// 2006, show why). In 0...1; the share of positives for scores that say nothing; NaN without positives.
  public var averagePrecision: Double {
    var sum = 0.0
    var last = 0.0
    for (trues, falses) in zip(truePositives, falsePositives) where trues > last {
      sum += (trues - last) * trues / (trues + falses)
      last = trues
    }
    return sum / positives
  }

  /// The largest share of positives that a threshold catches while at most `rate` of the negatives are caught with them.
  /// Rows of one score are caught together or not at all, so tied scores can make it 0.
  public func recall(atFalsePositiveRate rate: Double) -> Double {
    let limit = rate * negatives * (1 + 1e-12)
    var caught = 0.0
    for (trues, falses) in zip(truePositives, falsePositives) {
      guard falses <= limit else { break }
      caught = trues
    }
    return caught / positives
  }

  /// The share of positives among the `rows` highest scores. Where the budget ends among rows of one score, the expectation
  /// over a random choice of them. A budget beyond all rows is all rows.
  public func precision(atBudget rows: Double) -> Double {
    let budget = min(rows, positives + negatives)
    var (lastTrue, lastAll) = (0.0, 0.0)
    for (trues, falses) in zip(truePositives, falsePositives) {
      let all = trues + falses
      if all >= budget, all > lastAll {
        return (lastTrue + (trues - lastTrue) * (budget - lastAll) / (all - lastAll)) / budget
      }
      (lastTrue, lastAll) = (trues, all)
    }
    return lastTrue / budget
  }

  /// Positives and negatives with a score of at least `threshold`.
  public func caught(at threshold: Double) -> (truePositives: Double, falsePositives: Double) {
    var (low, high) = (0, thresholds.count)
    while low < high {
      let middle = (low + high) / 2
      if thresholds[middle] >= threshold { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? (0, 0) : (truePositives[low - 1], falsePositives[low - 1])
  }
}
