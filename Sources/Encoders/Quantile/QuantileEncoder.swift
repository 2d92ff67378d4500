import MynahRandomness
import MynahTables

/// Numbers and times mapped to a standard normal distribution by their ranks: z = Φ⁻¹(F(x)), with F the empirical
/// distribution function (the rank-based transform of Conover and Iman, 1981, as a quantile transformer).
///
/// It suits models with a Gaussian likelihood, such as autoencoders: whatever the column's distribution, z is normal, and
/// decoding gives the column's distribution back. Values that stand out of their neighbourhood and missing ones have codes
/// of their own (`FittedNumberEncoder`), so that heavy ties come back exactly.
public struct QuantileEncoder: ColumnEncoder {
  public static let identifier = "quantile"
  public static let kinds: Set<ColumnKind> = [.continuous, .integer, .datetime]

  /// F is kept as at most so many quantiles, at equal distances from the least to the greatest value, and is linear
  /// between them; fewer where there are fewer rows. At least 2.
  public var quantiles = 1_000
  public var spikes = SpikeFinder()

  public init() {}

  /// - Throws: `TableError` for parameters with which nothing can be fitted; they may have been read from a file.
  public func validate() throws(TableError) {
    guard (2...100_000).contains(quantiles) else {
      throw TableError("the quantile encoding needs 2...100000 quantiles, got \(quantiles)")
    }
    try spikes.validate()
  }

  public func fitted(to column: Column, using random: inout RandomSource) throws(TableError) -> FittedQuantileEncoder {
    try validate()
    return try FittedQuantileEncoder(column, spikes: spikes) { QuantileTransform($0, count: quantiles) }
  }
}

/// The quantiles of a column of numbers or times; the scalar is a standard normal number.
public typealias FittedQuantileEncoder = FittedNumberEncoder<QuantileTransform>
