import MynahRandomness
import MynahTables

/// Gaussian copula: every column keeps its own distribution, and standard normal variables behind the columns, with one
/// matrix of correlations, tie them together (Sklar 1959; Nelsen, "An introduction to copulas", 2006; for tables with mixed
/// types Patki, Wedge and Veeramachaneni, "The Synthetic Data Vault", DSAA 2016).
///
/// - A number x belongs to z = Φ⁻¹(F̂(x)), with the column's empirical distribution function F̂ as in `Marginals`.
/// - Levels lie side by side on the real line, each as wide as its frequency demands: cell k is z in
///   Φ⁻¹(p₁ + … + pₖ₋₁) ... Φ⁻¹(p₁ + … + pₖ). A missing value is one more level.
/// - Where numbers are missing, a second variable says whether there is one.
///
/// The correlation of two variables is the one at which the cells' mean scores E[z | cell] have the covariance seen in the
/// table. That undoes the attenuation by coarse cells: levels, repeated numbers and zeros do not bias it. Where the pairs
/// contradict each other, the matrix is moved to a positive definite one nearby.
///
/// A condition on any column is met by construction: its variable is kept in the cell (or at the point) that it asks for,
/// and the others are drawn from their normal distribution given that.
///
/// ```swift
/// let model = try GaussianCopula().fitted(to: table, using: &random, observer: SilentObserver())
/// ```
public struct GaussianCopula: Synthesizer, Equatable {
  public static let identifier = "gaussian-copula"

  /// How levels, which have no order, are put into one.
  public enum LevelOrder: String, Codable, Sendable, CaseIterable {
    /// The most frequent first, as Patki et al. do.
    case frequency
    /// By the mean scores of the other columns among the level's rows, along the line on which these means differ most (the
    /// first principal component), so that levels which go with similar rows are neighbours.
    case association
  }
  public var levelOrder = LevelOrder.association
  /// λ in R ← (1 − λ) R + λ I, in 0 ..< 1: pulls correlations towards independence.
  public var shrinkage = 0.0

  public init() {}

  public func validate() throws(SynthesisError) {
    guard (0..<1).contains(shrinkage) else {
      throw SynthesisError("shrinkage must be in 0 ..< 1, got \(shrinkage)", hyperparameter: "shrinkage")
    }
  }

  public func fitted(
    to table: Table, using random: inout RandomSource, observer: any TrainingObserver
  ) throws -> FittedGaussianCopula {
    try validate()
    observer.stageBegan("counting values")
    let marginals = try TableMarginals(of: table, using: &random)
    observer.stageBegan("correlating columns")
    var orders = marginals.columns.map { $0.cellsByFrequency }
    if levelOrder == .association { orders = LevelOrdering(marginals, table).byAssociation(from: orders) }
    let latents = marginals.latents(levelOrders: orders)
    let correlation = LatentCorrelation(
      latents, covariances: ScoreMoments(table, marginals, latents).covariances(), shrinkage: shrinkage)
    return FittedGaussianCopula(
      settings: self, marginals: marginals, levelOrders: orders, latents: latents, correlation: correlation)
  }
}

extension ColumnMarginal {
  /// A discrete column's cells, the most frequent first; nil for other columns.
  fileprivate var cellsByFrequency: [Int32]? {
    guard case .levels = self else { return nil }
    let counts = cellCounts
    return counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }.map(Int32.init)
  }
}
