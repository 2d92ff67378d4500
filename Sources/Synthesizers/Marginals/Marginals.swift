import MynahRandomness
import MynahTables

/// Independent columns: each is drawn from its own empirical distribution, and nothing ties them together. The baseline
/// that every other model must beat on trends, and can hardly beat on shapes.
///
/// A column's distribution function is F̂(x) = #{values ≤ x} / n over the rows with a value, and a drawn value is F̂⁻¹(u).
/// Levels come at their frequencies, missing values at their rate, identifiers are made anew.
///
/// With `isStratified`, the uniform numbers of a column of `count` rows are u = (π(i) + vᵢ) / count, for a random
/// permutation π and vᵢ uniform on 0 ..< 1 (stratified sampling: McKay, Beckman and Conover, "A comparison of three methods
/// for selecting values of input variables", Technometrics 1979). Every share then comes out within one row in each
/// 65,536 rows; otherwise shares vary as in any sample.
///
/// A value that several rows hold is repeated as it is: the frequent ones of real columns become public. One that a single row
/// holds is not: it is drawn from the interval that reaches half-way to its neighbours on both sides (rounded to the
/// column's digits; whole numbers without a gap between them leave nothing to draw). The least and the greatest value
/// can occur. Above 10,000 distinct values, neighbours share intervals, so the model does not grow with the rows.
///
/// Every condition is met by construction; columns being independent, it leaves the other columns as they are.
///
/// ```swift
/// let model = try Marginals().fitted(to: table, using: &random, observer: SilentObserver())
/// ```
public struct Marginals: Synthesizer, Equatable {
  public static let identifier = "marginals"

  /// Whether each column is sampled in strata, so that its shares are those of the table but for rounding.
  public var isStratified = true

  public init() {}

  private enum CodingKeys: String, CodingKey { case isStratified = "stratified" }

  public func fitted(
    to table: Table, using random: inout RandomSource, observer: any TrainingObserver
  ) throws -> FittedMarginals {
    observer.stageBegan("counting values")
    return FittedMarginals(settings: self, marginals: try TableMarginals(of: table, using: &random))
  }
}
