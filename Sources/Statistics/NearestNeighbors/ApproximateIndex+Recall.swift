import MynahParallelism
import MynahRandomness

extension ApproximateIndex {
  /// The share of the `k` nearest points, each point itself left out, that is found: the average over `sample` points drawn
  /// with replacement, whose exact neighbours are found by a scan. What is as near as the k-th neighbour counts as found.
  func recall(k: Int, sample: Int, using random: inout RandomSource) -> Double {
    guard count > 1, k > 0, sample > 0 else { return 1 }
    let rows = (0..<sample).map { _ in random.index(below: count) }
    let shares = parallelMap(sample) { index in share(k: k, row: rows[index]) }
    return shares.reduce(0, +) / Double(sample)
  }

  private func share(k: Int, row: Int) -> Double {
    let query = point(row)
    var exact = NearestList(k: min(k, count - 1))
    for other in 0..<count where other != row { exact.insert(squaredDistance(query, other), Int32(other)) }
    var found = NearestList(k: exact.k)
    nearest(to: query, excluding: Int32(row), into: &found)
    let hits = found.distances.prefix(found.count).filter { $0 <= exact.worst }.count
    return Double(hits) / Double(exact.count)
  }
}
