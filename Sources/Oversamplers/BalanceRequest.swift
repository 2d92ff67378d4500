import MynahStatistics
import MynahTables

/// What is asked of a method that balances classes.
public struct BalanceRequest: Sendable {
  /// The column whose classes are balanced.
  public var target: String
  public var strategy: SamplingStrategy
  /// A continuous target is cut into this many classes of equal width; nil where the target has classes.
  public var bins: Int?
  /// Groups of columns whose values come from one parent, so that only combinations that exist are made.
  public var keepTogether: [[String]]
  /// Columns that take no part in distances; their values come from the parents all the same.
  public var ignoring: [String]
  /// How neighbours are found.
  public var search: NearestNeighbors.Algorithm
  /// Behaves like imbalanced-learn 0.14 where a sensible choice gives other results. See `Documentation/Oversampling.md`.
  public var followsReference: Bool

  public init(
    target: String, strategy: SamplingStrategy = .auto, bins: Int? = nil, keepTogether: [[String]] = [],
    ignoring: [String] = [], search: NearestNeighbors.Algorithm = .automatic, followsReference: Bool = false
  ) {
    self.target = target
    self.strategy = strategy
    self.bins = bins
    self.keepTogether = keepTogether
    self.ignoring = ignoring
    self.search = search
    self.followsReference = followsReference
  }

  /// Whether the columns that the request names are there and can be what it says.
  package func checkColumns(of table: Table) throws(ResamplingError) {
    _ = try FeatureRoles(table, self, classes: try TargetClasses(table, target: target, bins: bins))
  }
}
