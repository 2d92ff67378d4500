import CKernels
import MynahParallelism

/// The exact nearest neighbours by mean absolute difference, after Gower:
///
///     d(a, b) = (Σ over numbers min(|aⱼ − bⱼ|, 1)  +  Σ over categories [aⱼ ≠ bⱼ]) / (number of features),  in [0, 1]
///
/// With numbers as shares of their column's range this is SDMetrics' distance to the closest record. A missing value differs
/// by 1 from any other and not from a missing one; the dissimilarities of `MixedPoints` play no part.
///
/// All pairs are looked at in single precision, 64 at a time; what may be among the nearest is measured again in double
/// precision, so distances and order do not depend on the processor.
///
/// Reference: J. C. Gower, "A general coefficient of similarity and some of its properties", Biometrics 27, 1971.
public struct GowerNeighbors: Sendable {
  private let points: MixedPoints
  private let blocks: GowerBlocks

  public init(_ points: MixedPoints) {
    self.points = points
    blocks = GowerBlocks(points)
  }

  /// The `k` nearest points of each query, nearest first, equally near ones by index. A query that has fewer than `k` gets
  /// index −1 and distance ∞ for the rest.
  ///
  /// - Parameters:
  ///   - queries: points with the same features.
  ///   - k: how many.
  public func neighbors(of queries: MixedPoints, k: Int) -> Neighbors { search(queries, k: k, excludesSelf: false) }

  /// The `k` nearest points of each of the searched points themselves; none is its own neighbour.
  public func neighborsAmongThemselves(k: Int) -> Neighbors { search(points, k: k, excludesSelf: true) }

  private func search(_ queries: MixedPoints, k: Int, excludesSelf: Bool) -> Neighbors {
    precondition(
      queries.dimensions == points.dimensions && queries.categories.count == points.categories.count && k >= 0,
      "GowerNeighbors: \(queries.dimensions) numbers and \(queries.categories.count) categories, searched are "
        + "\(points.dimensions) and \(points.categories.count); k = \(k)")
    let exact = excludesSelf ? blocks.exact : GowerBlocks.rows(of: queries)
    var distances = [Double](repeating: .infinity, count: queries.count * k)
    var indices = [Int32](repeating: -1, count: queries.count * k)
    guard k > 0, points.count > 0, points.featureCount > 0 else {
      return Neighbors(k: k, indices: indices, distances: distances)
    }
    // A row that leaves itself out may need one equal row more.
    let places = blocks.places(below: excludesSelf ? k + 1 : k)
    distances.withUnsafeMutableBufferPointer { distances in
      indices.withUnsafeMutableBufferPointer { indices in
        nonisolated(unsafe) let (distances, indices) = (distances, indices)
        parallelChunks(of: queries.count, size: min(64, max(4, queries.count / 32))) { part in
          var lists = part.map { _ in NearestList(k: k) }
          scan(part.map { blocks.query($0, of: queries, exact: exact) }, part, exact, places, excludesSelf, &lists)
          for (query, list) in zip(part, lists) {
            for place in 0..<list.count {
              indices[query * k + place] = list.indices[place]
              distances[query * k + place] = list.distances[place] / Double(points.featureCount)
            }
          }
        }
      }
    }
    return Neighbors(k: k, indices: indices, distances: distances)
  }

  /// Goes through the first `places` once for some queries. The first steps are short: until a list is full, all is near.
  private func scan(
    _ queries: [GowerQuery], _ rows: Range<Int>, _ exact: [Double], _ places: Int, _ excludesSelf: Bool,
    _ lists: inout [NearestList]
  ) {
    let width = GowerBlocks.width
    let (numberCount, levelCount) = (queries[0].numbers.count, queries[0].levels.count)
    var selected = [UInt32](repeating: 0, count: 16 * width)
    var start = 0
    var length = 1
    let blockCount = (places + width - 1) / width
    while start < blockCount {
      length = min(length, blockCount - start)
      // Rows at no distance are equal, and those come in order: k of them end the search.
      for (place, query) in queries.enumerated() where lists[place].worst > 0 {
        let limit = Float(lists[place].worst) + query.slack
        let found = blocks.numbers.withUnsafeBufferPointer { numbers in
          blocks.levels.withUnsafeBufferPointer { levels in
            mynah_select_gower(
              numbers.baseAddress.map { $0 + start * numberCount * width }, numberCount,
              levels.baseAddress.map { $0 + start * levelCount * width }, levelCount, length, query.numbers,
              query.levels,
              limit, &selected)
          }
        }
        let row = rows.lowerBound + place
        for chosen in selected[..<found] {
          let position = start * width + Int(chosen)
          guard position < places else { break }
          let other = Int(blocks.order[position])
          if !(excludesSelf && other == row) { lists[place].insert(sum(row, exact, other), Int32(other)) }
        }
      }
      start += length
      length = min(16, length * 2)
    }
  }

  private func sum(_ row: Int, _ queries: [Double], _ other: Int) -> Double {
    let features = points.featureCount
    return queries.withUnsafeBufferPointer { queries in
      blocks.exact.withUnsafeBufferPointer { points in
        var sum = 0.0
        for j in 0..<features { sum += min(abs(queries[row * features + j] - points[other * features + j]), 1) }
        return sum
      }
    }
  }
}
