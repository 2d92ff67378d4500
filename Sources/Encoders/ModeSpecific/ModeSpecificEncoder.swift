import MynahRandomness
import MynahStatistics
import MynahTables

/// Mode-specific normalisation of numbers and times (Xu et al., "Modeling tabular data using conditional GAN", 2019).
///
/// A variational Bayesian Gaussian mixture finds the column's modes. A value is encoded as the mode k it is drawn to
/// belong to, with the posterior probabilities, and its place α = (x − μₖ) / (4 σₖ) within it.
///
/// Two kinds of modes are not Gaussian: values that stand out of their neighbourhood (`SpikeFinder`), such as the zeros of
/// a zero-inflated amount, are reproduced exactly; and missing values are a mode, so that they are learned like others.
public struct ModeSpecificEncoder: ColumnEncoder {
  public static let identifier = "mode-specific"
  public static let kinds: Set<ColumnKind> = [.continuous, .integer, .datetime]

  /// The mixture; at most ten components by default.
  public var mixture = GaussianMixture()
  /// Components of a weight at or below are dropped.
  public var minimumWeight = 0.005
  public var spikes = SpikeFinder()
  /// The mixture is fitted to at most this many weighted points, whatever the number of rows.
  public var pointLimit = 1_024

  public init() {}

  public func fitted(
    to column: Column, using random: inout RandomSource
  ) throws(TableError) -> FittedModeSpecificEncoder {
    try validate()
    return try FittedModeSpecificEncoder(column, spikes: spikes) { GaussianModes(trusted: modes(of: $0)) }
  }

  /// - Throws: `TableError` for hyperparameters with which nothing can be fitted; they may have been read from a file.
  public func validate() throws(TableError) {
    let counts = [mixture.componentCount, mixture.maximumIterations, pointLimit]
    guard counts.allSatisfy({ (1...1_000_000).contains($0) }), mixture.componentCount <= 1_000 else {
      throw TableError("a mixture needs 1...1000 components, and iterations and points in 1...1000000")
    }
    let positive = [mixture.concentration, mixture.meanPrecision, mixture.degreesOfFreedom, mixture.regularization]
    guard positive.allSatisfy({ $0 > 0 && $0.isFinite }), mixture.tolerance >= 0, (0..<1).contains(minimumWeight) else {
      throw TableError("a mixture's priors and regularization must be positive, its least weight in 0..<1")
    }
    try spikes.validate()
  }

  /// The mixture's components worth keeping, in the data's unit, ascending by mean.
  private func modes(of data: WeightedPoints) -> [GaussianModes.Mode] {
    guard let low = data.points.first, let high = data.points.last, low < high else { return [] }
    // Halves first: the range of finite numbers may not be finite.
    let middle = low / 2 + high / 2
    let reach = max(high / 2 - low / 2, .leastNormalMagnitude)
    let scaled = data.standardized(center: middle, scale: reach).binned(to: pointLimit)
    let (center, scale) = (scaled.mean, max(scaled.populationVariance.squareRoot(), 1e-150))
    let fit = mixture.fitted(to: scaled.standardized(center: center, scale: scale))
    let threshold = min(minimumWeight, (fit.weights.max() ?? 0) / 2)
    return fit.weights.indices.filter { fit.weights[$0] > threshold }.map { component in
      GaussianModes.Mode(
        mean: middle + reach * (center + scale * fit.means[component]),
        deviation: min(
          max(reach * scale * fit.variances[component].squareRoot(), .leastNormalMagnitude), .greatestFiniteMagnitude),
        weight: fit.weights[component])
    }
    .sorted { ($0.mean, $0.deviation) < ($1.mean, $1.deviation) }
  }
}
