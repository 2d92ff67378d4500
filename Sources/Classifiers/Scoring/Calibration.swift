import MynahStatistics

/// Whether probabilities mean what they say: rows in bins of equal frequency by their probability (ten by default), and in
/// each the mean probability against the share of positives.
///
/// Bins are cut at quantiles (linear interpolation), as scikit-learn's `calibration_curve(strategy="quantile")` does; equal
/// probabilities share a bin, and empty bins are left out.
public struct Calibration: Sendable {
  /// A line of the reliability table.
  public struct Bin: Codable, Sendable, Equatable {
    /// Rows by weight.
    public let rows: Double
    public let meanProbability: Double
    public let positiveShare: Double
  }

  private let probabilities: [Double]
  private let isPositive: [Bool]
  private let bins: [UInt16]
  private let binCount: Int

  public init(probabilities: [Double], isPositive: [Bool], binCount: Int = 10) {
    precondition(
      probabilities.count == isPositive.count && (1...Int(UInt16.max)).contains(binCount),
      "Calibration: \(probabilities.count) probabilities for \(isPositive.count) rows in \(binCount) bins")
    self.probabilities = probabilities
    self.isPositive = isPositive
    self.binCount = binCount
    let sorted = sortedAscending(probabilities)
    let edges =
      sorted.isEmpty ? [] : (1..<binCount).map { quantile(Double($0) / Double(binCount), ofSorted: sorted) }
    bins = probabilities.map { probability in UInt16(edges.count { $0 < probability }) }
  }

  /// The reliability table, lowest probabilities first, with every row counted `weights` times (once by default).
  public func table(weights: [Double]? = nil) -> [Bin] {
    var sums = Array(repeating: (rows: 0.0, probability: 0.0, positive: 0.0), count: binCount)
    for row in bins.indices {
      let weight = weights?[row] ?? 1
      sums[Int(bins[row])].rows += weight
      sums[Int(bins[row])].probability += weight * probabilities[row]
      if isPositive[row] { sums[Int(bins[row])].positive += weight }
    }
    return sums.filter { $0.rows > 0 }.map { sum in
      Bin(rows: sum.rows, meanProbability: sum.probability / sum.rows, positiveShare: sum.positive / sum.rows)
    }
  }

  /// The expected calibration error, Σ over bins (rows / all rows) · |mean probability − share of positives|; in 0...1, 0 is
  /// best (Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015).
  public func expectedError(weights: [Double]? = nil) -> Double {
    let table = table(weights: weights)
    let rows = table.reduce(0) { $0 + $1.rows }
    return table.reduce(0) { $0 + $1.rows * abs($1.meanProbability - $1.positiveShare) } / rows
  }

  /// The Brier score, the mean of (probability − outcome)²; in 0...1, 0 is best.
  public func brierScore(weights: [Double]? = nil) -> Double {
    var (sum, rows) = (0.0, 0.0)
    for row in probabilities.indices {
      let weight = weights?[row] ?? 1
      let error = probabilities[row] - (isPositive[row] ? 1 : 0)
      sum += weight * error * error
      rows += weight
    }
    return sum / rows
  }
}
