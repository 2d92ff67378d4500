import MynahRandomness
import MynahStatistics

/// Normal variables of which some are known, or known to lie between two limits: draws from their joint distribution given
/// that.
///
/// The variables with limits come first, those known exactly before the others. They are drawn one after another, each from
/// its normal distribution given the ones before, cut off at its limits (Geweke, Hajivassiliou and Keane, about 1990). With
/// one interval that is exact; with several, a row then takes `sweeps` rounds of Gibbs sampling, each variable from its
/// distribution given all the others (Geweke, "Efficient simulation from the multivariate normal and Student-t distributions
/// subject to linear constraints", 1991). The rest follows from its normal distribution given them.
struct LatentBox: Sendable {
  struct Limits: Sendable, Equatable {
    var low: Double
    var high: Double
    var isPoint: Bool { low == high }
  }

  /// The variables' numbers in the order of drawing.
  let places: [Int]
  /// L of the correlation matrix in that order.
  let cholesky: Cholesky
  /// Those of the first variables.
  private let limits: [Limits]
  /// The inverse correlation matrix of the first variables; empty where there is nothing to sweep.
  private let precision: [Double]

  var isConstrained: Bool { !limits.isEmpty }

  private static let sweeps = 15

  /// - Parameter limits: by variable.
  init?(_ correlation: LatentCorrelation, limits: [Int: Limits]) {
    let known = limits.keys.sorted { a, b in
      let (first, second) = (limits[a]!.isPoint, limits[b]!.isPoint)
      return first == second ? a < b : first
    }
    places = known + (0..<correlation.order).filter { limits[$0] == nil }
    guard let cholesky = Cholesky(correlation.permuted(places), order: correlation.order) else { return nil }
    self.cholesky = cholesky
    self.limits = known.map { limits[$0]! }
    guard self.limits.count(where: { !$0.isPoint }) > 1,
      let own = Cholesky(correlation.permuted(known), order: known.count)
    else {
      precision = []
      return
    }
    precision = own.inverse()
  }

  /// The independent normal numbers that make the first variables lie between their limits.
  func draw(using random: inout RandomSource) -> [Double] {
    let order = cholesky.order
    var noise = [Double](repeating: 0, count: limits.count)
    var values = noise
    for i in limits.indices {
      var mean = 0.0
      for k in 0..<i { mean += cholesky.lower[i * order + k] * noise[k] }
      let deviation = cholesky.lower[i * order + i]
      values[i] = Self.truncated(limits[i], mean, deviation, using: &random)
      noise[i] = (values[i] - mean) / deviation
    }
    guard !precision.isEmpty else { return noise }
    let count = limits.count
    for _ in 0..<Self.sweeps {
      for i in 0..<count where !limits[i].isPoint {
        var sum = 0.0
        for k in 0..<count where k != i { sum += precision[i * count + k] * values[k] }
        let own = precision[i * count + i]
        values[i] = Self.truncated(limits[i], -sum / own, (1 / own).squareRoot(), using: &random)
      }
    }
    for i in 0..<count {
      var mean = 0.0
      for k in 0..<i { mean += cholesky.lower[i * order + k] * noise[k] }
      noise[i] = (values[i] - mean) / cholesky.lower[i * order + i]
    }
    return noise
  }

  private static func truncated(
    _ limits: Limits, _ mean: Double, _ deviation: Double, using random: inout RandomSource
  ) -> Double {
    guard !limits.isPoint else { return limits.low }
    let (low, high) = ((limits.low - mean) / deviation, (limits.high - mean) / deviation)
    let drawn = mean + deviation * StandardNormal.truncatedQuantile(random.uniform(), from: low, to: high)
    return max(limits.low, min(limits.high, drawn))
  }
}
