import MynahRandomness

/// The k nearest points of a set: the one implementation behind everything that needs neighbours.
///
/// Exact unless asked otherwise, the same with any number of threads; equally near points come in the order of their
/// indices.
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
    case tree(KDTree)
    case approximate(ApproximateIndex)
  }

  public let points: MixedPoints
  private let index: Index

  public init(_ points: MixedPoints, algorithm: Algorithm = .automatic) {
    self.points = points
    let isNumeric = points.categories.isEmpty && !points.hasMissing && points.dimensions > 0
    switch algorithm {
    case .approximate where isNumeric:
      var random = RandomSource(seed: 0)
      if let built = try? ApproximateIndex(
        points.numbers, count: points.count, dimensions: points.dimensions, using: &random)
      {
        index = .approximate(built)
        return
      }
    case .kdTree where isNumeric:
      index = .tree(KDTree(points.numbers, count: points.count, dimensions: points.dimensions))
      return
    case .automatic where isNumeric && points.dimensions <= Self.mostTreeDimensions && points.count >= 1000:
      index = .tree(KDTree(points.numbers, count: points.count, dimensions: points.dimensions))
      return
    default: break
    }
    index = ProductSearch(points).map { .products($0) } ?? .direct(DirectSearch(points))
  }

  /// Beyond, a tree looks at so many of its leaves that the product is faster.
  private static let mostTreeDimensions = 8

  /// Whether the program was built with hnswlib.
  public static var approximateIsAvailable: Bool { ApproximateIndex.isAvailable }

  /// Of an approximate search the share of the `k` nearest points that it finds, on `sample` points drawn at random; nil for
  /// an exact one.
  public func recall(k: Int, sample: Int, using random: inout RandomSource) -> Double? {
    guard case .approximate(let search) = index else { return nil }
    return search.recall(k: k, sample: sample, using: &random)
  }

  /// The nearest points of each query; `min(k, points.count)` of them.
  ///
  /// - Parameters:
  ///   - queries: with the features of the points, in the same order.
  ///   - k: how many.
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
    case .tree(let tree) where !queries.points.hasMissing:
      return inLeafOrder(queries, of: tree) { walk($0, k: k) { tree.nearest(to: $0, excluding: $1, into: &$2) } }
    case .approximate(let graph) where !queries.points.hasMissing:
      return walk(queries, k: k) { graph.nearest(to: $0, excluding: $1, into: &$2) }
    case .tree, .approximate: return DirectSearch(points).neighbors(of: queries, k: k)
    case .products(let search):
      if let found = search.neighbors(of: queries, k: k) { return found }
      return DirectSearch(points).neighbors(of: queries, k: k)
    }
  }

  /// Queries that lie near each other follow each other, so that the leaves they look at are still in the cache.
  private func inLeafOrder(_ queries: Queries, of tree: KDTree, _ search: (Queries) -> Neighbors) -> Neighbors {
    guard queries.excludesSelf else { return search(queries) }
    var places = [Int32](repeating: 0, count: points.count)
    for (place, row) in tree.order.enumerated() { places[Int(row)] = Int32(place) }
    let order = queries.rows.indices.sorted { (places[queries.rows[$0]], $0) < (places[queries.rows[$1]], $1) }
    let found = search(Queries(points: queries.points, rows: order.map { queries.rows[$0] }, excludesSelf: true))
    var (indices, distances) = (found.indices, found.distances)
    for (place, query) in order.enumerated() {
      for j in 0..<found.k {
        indices[query * found.k + j] = found.indices[place * found.k + j]
        distances[query * found.k + j] = found.distances[place * found.k + j]
      }
    }
    return Neighbors(k: found.k, indices: indices, distances: distances)
  }

  /// One query after another.
  private func walk(
    _ queries: Queries, k: Int, _ nearest: (UnsafePointer<Double>, Int32, inout NearestList) -> Void
  ) -> Neighbors {
    queries.searched(k: k) { block, store in
      queries.points.numbers.withUnsafeBufferPointer { numbers in
        guard let base = numbers.baseAddress else { return }
        var list = NearestList(k: k)
        for query in block {
          list.clear()
          nearest(base + queries.rows[query] * points.dimensions, queries.excluded(query), &list)
          store(query, list)
        }
      }
    }
  }
}
