import MynahParallelism
import MynahRandomness

extension KMeans {
  /// Steps of small batches: each point drawn moves its center towards itself by 1 / (points the center has had). Ends when
  /// the smoothed inertia of batches has not improved for ten steps or the centers hardly move.
  func miniBatchFitted(to points: ClusteredPoints, clusters: Int, using random: inout RandomSource) -> Fitted {
    let batch = min(batchSize, points.count)
    var centers = bestStart(points, clusters: clusters, using: &random)
    var weights = [Double](repeating: 0, count: clusters)
    let limit = tolerance * points.meanVariance()
    let memory = min(1, 2 * Double(batch) / Double(points.count + 1))
    var smoothed: Double?
    var least = Double.infinity
    var stepsWithoutGain = 0
    var sinceReseeding = 0
    for step in 0..<max(1, maxIterations * (points.count / batch)) {
      let drawn = points.gathering((0..<batch).map { _ in random.index(below: points.count) })
      let assigned = drawn.assigned(to: centers)
      let before = centers
      follow(drawn, assigned, &centers, &weights)
      sinceReseeding += batch
      // Every center is given time to gather points before it is judged.
      if sinceReseeding >= 10 * clusters {
        sinceReseeding = 0
        reseed(drawn, assigned, &centers, &weights)
      }
      if step == 0 { continue }
      let inertia = assigned.inertia / Double(batch)
      let current = smoothed.map { $0 * (1 - memory) + inertia * memory } ?? inertia
      smoothed = current
      stepsWithoutGain = current < least ? 0 : stepsWithoutGain + 1
      least = min(least, current)
      let shift = zip(centers, before).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      if stepsWithoutGain >= 10 || shift <= limit * Double(batch) / Double(points.count) { break }
    }
    let assigned = points.assigned(to: centers)
    return Fitted(centers: centers, labels: assigned.labels, inertia: assigned.inertia)
  }

  /// Centers spread over samples of the points, the best of `initializations` by the inertia of another sample.
  private func bestStart(_ points: ClusteredPoints, clusters: Int, using random: inout RandomSource) -> [Double] {
    let size = min(points.count, max(3 * batchSize, 3 * clusters))
    func sample(_ random: inout RandomSource) -> ClusteredPoints {
      if size == points.count { return points }
      return points.gathering((0..<size).map { _ in random.index(below: points.count) })
    }
    let judge = sample(&random)
    var best: (centers: [Double], inertia: Double)?
    for _ in 0..<initializations {
      let centers = sample(&random).spreadCenters(clusters, using: &random)
      let inertia = judge.assigned(to: centers).inertia
      if best.map({ inertia < $0.inertia }) ?? true { best = (centers, inertia) }
    }
    return best?.centers ?? []
  }

  private func follow(
    _ drawn: ClusteredPoints, _ assigned: ClusteredPoints.Assigned, _ centers: inout [Double], _ weights: inout [Double]
  ) {
    let dimensions = drawn.dimensions
    for index in 0..<drawn.count {
      let cluster = Int(assigned.labels[index])
      weights[cluster] += 1
      for j in 0..<dimensions {
        let place = cluster * dimensions + j
        centers[place] += (drawn.numbers[index * dimensions + j] - centers[place]) / weights[cluster]
      }
    }
  }

  /// Moves centers that hardly any point chose to the points of the batch that are farthest from theirs.
  private func reseed(
    _ drawn: ClusteredPoints, _ assigned: ClusteredPoints.Assigned, _ centers: inout [Double], _ weights: inout [Double]
  ) {
    let most = weights.max() ?? 0
    let poor = weights.indices.filter { weights[$0] < 0.01 * most }
    guard let least = weights.filter({ $0 >= 0.01 * most }).min(), !poor.isEmpty else { return }
    var list = NearestList(k: min(poor.count, drawn.count))
    for index in 0..<drawn.count { list.insert(-assigned.distances[index], Int32(index)) }
    for (cluster, index) in zip(poor, list.indices) {
      centers.replaceSubrange(
        cluster * drawn.dimensions..<(cluster + 1) * drawn.dimensions, with: drawn.row(Int(index)))
      weights[cluster] = least
    }
  }
}
