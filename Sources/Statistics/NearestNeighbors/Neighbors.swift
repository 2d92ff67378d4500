/// The nearest points of each of some queries, nearest first; equally near ones by index.
public struct Neighbors: Sendable, Equatable {
  /// Neighbours of each query.
  public let k: Int
  /// Row-major, queries × k.
  public let indices: [Int32]
  /// Row-major, queries × k; not squared.
  public let distances: [Double]

  public init(k: Int, indices: [Int32], distances: [Double]) {
    precondition(
      indices.count == distances.count && (k == 0 ? indices.isEmpty : indices.count % k == 0),
      "Neighbors: \(indices.count) indices and \(distances.count) distances for k = \(k)")
    self.k = k
    self.indices = indices
    self.distances = distances
  }

  public var queryCount: Int { k == 0 ? 0 : indices.count / k }

  /// The indices of one query's neighbours.
  public subscript(query: Int) -> ArraySlice<Int32> { indices[query * k..<(query + 1) * k] }
}

/// The k least (squared distance, index) pairs seen so far, in order.
struct NearestList {
  private(set) var distances: [Double]
  private(set) var indices: [Int32]
  private(set) var count = 0
  let k: Int

  init(k: Int) {
    self.k = k
    distances = Array(repeating: .infinity, count: k)
    indices = Array(repeating: -1, count: k)
  }

  /// What a squared distance has to be below, or equal to with a lower index, to enter.
  var worst: Double { count < k ? .infinity : distances[k - 1] }

  mutating func clear() { count = 0 }

  mutating func insert(_ distance: Double, _ index: Int32) {
    if count == k {
      let last = distances[k - 1]
      if distance > last || (distance == last && index > indices[k - 1]) { return }
    }
    var place = count < k ? count : k - 1
    while place > 0,
      distances[place - 1] > distance || (distances[place - 1] == distance && indices[place - 1] > index)
    {
      distances[place] = distances[place - 1]
      indices[place] = indices[place - 1]
      place -= 1
    }
    distances[place] = distance
    indices[place] = index
    if count < k { count += 1 }
  }
}
