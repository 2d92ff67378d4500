/// The best possible k-means clustering of one-dimensional data: clusters are runs of neighbouring points, so dynamic
/// programming finds the runs with the least sum of squared distances (Wang and Song, "Ckmeans.1d.dp", 2011).
///
/// Deterministic, with no starting points to choose. Takes O(k n log n) time for n points: the best last cut never moves
/// left as the data grow, so each row of the table is filled by divide and conquer.
public struct KMeans1D: Sendable {
  /// Index of the first point of each cluster, ascending; the first is 0.
  public let starts: [Int]
  /// Σ w (x − center of its cluster)².
  public let inertia: Double

  /// - Parameters:
  ///   - data: at least one point.
  ///   - clusterCount: at least 1; fewer clusters are made when there are fewer points.
  public init(_ data: WeightedPoints, clusterCount: Int) {
    precondition(clusterCount > 0 && data.count > 0, "KMeans1D: needs a cluster and a point")
    let clusters = min(clusterCount, data.count)
    let cost = IntervalCost(data)
    var best = (0..<data.count).map { cost.of(0, through: $0) }
    var cuts: [[Int32]] = []
    for _ in 1..<max(clusters, 1) {
      var next = [Double](repeating: .infinity, count: data.count)
      var cut = [Int32](repeating: 0, count: data.count)
      // Sub-ranges still to fill: last points `low...high`, whose best cut lies within `from...to`.
      var pending = [(low: 0, high: data.count - 1, from: 0, to: data.count - 1)]
      while let task = pending.popLast() {
        guard task.low <= task.high else { continue }
        let middle = (task.low + task.high) / 2
        var choice = min(task.from, middle)
        for start in task.from...max(task.from, min(middle, task.to)) where start <= middle {
          let total = (start == 0 ? 0 : best[start - 1]) + cost.of(start, through: middle)
          if total < next[middle] {
            next[middle] = total
            choice = start
          }
        }
        cut[middle] = Int32(choice)
        pending.append((task.low, middle - 1, task.from, choice))
        pending.append((middle + 1, task.high, choice, task.to))
      }
      best = next
      cuts.append(cut)
    }
    inertia = max(0, best[data.count - 1])
    var starts: [Int] = []
    var last = data.count - 1
    for cut in cuts.reversed() {
      let start = Int(cut[last])
      if start == 0 { break }
      starts.append(start)
      last = start - 1
    }
    self.starts = [0] + starts.reversed()
  }

  /// The cluster of every point.
  public func labels(count: Int) -> [Int] {
    var labels = [Int](repeating: 0, count: count)
    for (cluster, start) in starts.enumerated() {
      let end = cluster + 1 < starts.count ? starts[cluster + 1] : count
      for index in start..<end { labels[index] = cluster }
    }
    return labels
  }
}

/// Σ w (x − mean)² of any run of points in constant time, from running sums around the overall mean.
private struct IntervalCost {
  private var weight = [0.0]
  private var first = [0.0]
  private var second = [0.0]

  init(_ data: WeightedPoints) {
    let mean = data.mean
    for index in 0..<data.count {
      let offset = data.points[index] - mean
      weight.append(weight[index] + data.weights[index])
      first.append(first[index] + data.weights[index] * offset)
      second.append(second[index] + data.weights[index] * (offset * offset + data.variances[index]))
    }
  }

  func of(_ start: Int, through end: Int) -> Double {
    let w = weight[end + 1] - weight[start]
    let s = first[end + 1] - first[start]
    return max(0, second[end + 1] - second[start] - s * s / w)
  }
}
