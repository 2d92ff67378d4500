/// The k nearest points of a set: the one implementation behind everything that needs neighbours.
public struct NearestNeighbors: Sendable {
  /// How neighbours are found.
  public enum Algorithm: Sendable, Equatable {
    /// Exact; by tree in few dimensions, else by blocked matrix products.
    case automatic
    /// Exact, every pair.
    case bruteForce
    /// Exact, by a k-d tree; numbers only, nothing missing.
    case kdTree
    /// Most of the nearest ones, by a navigable small-world graph (hnswlib); numbers only, nothing missing.
    case approximate
  }

  public let points: MixedPoints
  public let algorithm: Algorithm

  public init(_ points: MixedPoints, algorithm: Algorithm = .automatic) {
    self.points = points
    self.algorithm = algorithm
  }
}
