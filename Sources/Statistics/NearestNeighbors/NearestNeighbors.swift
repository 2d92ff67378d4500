/// The k nearest points of a set: the one implementation behind everything that needs neighbours.
///
/// Exact unless asked otherwise, the same with any number of threads; equally near points come in the order of their
/// indices. Points without missing values whose categories count by mismatch are searched by blocked matrix products,
/// others feature by feature.
///
/// ```swift
/// let search = NearestNeighbors(points)
/// let own = search.neighbors(ofRows: [0, 7], k: 5)      // without themselves
/// let others = search.neighbors(of: queries, k: 1)
/// ```
public struct NearestNeighbors: Sendable {
  /// How neighbours are found.
  public enum Algorithm: Sendable, Equatable {
    /// Exact; by tree in few dimensions, else by blocked matrix products.
    case automatic
    /// Exact, every pair.
    case bruteForce
    /// Exact, by a k-d tree; numbers only, nothing missing. Where it cannot be, as `bruteForce`.
    case kdTree
    /// Most of the nearest ones, by a navigable small-world graph (hnswlib); numbers only, nothing missing. Where it
    /// cannot be, as `automatic`.
    case approximate
  }

  private enum Index: Sendable {
    case products(ProductSearch)
    case direct(DirectSearch)
  }

  public let points: MixedPoints
  private let index: Index

  public init(_ points: MixedPoints, algorithm: Algorithm = .automatic) {
    self.points = points
    index = ProductSearch(points).map { .products($0) } ?? .direct(DirectSearch(points))
  }

  /// The nearest points of each query; `min(k, points.count)` of them.
  ///
  /// - Parameter queries: with the features of the points, in the same order.
  public func neighbors(of queries: MixedPoints, k: Int) -> Neighbors {
    precondition(
      queries.dimensions == points.dimensions && queries.categories.count == points.categories.count,
      "NearestNeighbors: queries of \(queries.dimensions) numbers and \(queries.categories.count) categories for points "
        + "of \(points.dimensions) and \(points.categories.count)")
    return search(
      Queries(points: queries, rows: Array(0..<queries.count), excludesSelf: false), k: min(k, points.count))
  }

  /// The nearest other points of each of the set's own points; `min(k, points.count - 1)` of them. A point never finds
  /// itself, but finds others that equal it.
  public func neighbors(ofRows rows: [Int], k: Int) -> Neighbors {
    search(Queries(points: points, rows: rows, excludesSelf: true), k: min(k, points.count - 1))
  }

  private func search(_ queries: Queries, k: Int) -> Neighbors {
    guard k > 0, !queries.rows.isEmpty else { return Neighbors(k: 0, indices: [], distances: []) }
    switch index {
    case .direct(let search): return search.neighbors(of: queries, k: k)
    case .products(let search):
      if !queries.points.hasMissing, let found = search.neighbors(of: queries, k: k) { return found }
      return DirectSearch(points).neighbors(of: queries, k: k)
    }
  }
}
