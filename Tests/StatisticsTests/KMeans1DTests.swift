import MynahRandomness
import MynahStatistics
import Testing

@Suite struct KMeans1DTests {
  /// Tries every way to cut the points into runs.
  private func leastInertia(_ data: WeightedPoints, _ clusters: Int) -> Double {
    func cost(_ range: Range<Int>) -> Double {
      let weight = range.reduce(0) { $0 + data.weights[$1] }
      let mean = range.reduce(0) { $0 + data.weights[$1] * data.points[$1] } / weight
      return range.reduce(0) { $0 + data.weights[$1] * (data.points[$1] - mean) * (data.points[$1] - mean) }
    }
    func best(from start: Int, _ clusters: Int) -> Double {
      if clusters == 1 { return cost(start..<data.count) }
      return (start + 1...data.count - clusters + 1).map { cost(start..<$0) + best(from: $0, clusters - 1) }.min()!
    }
    return best(from: 0, clusters)
  }

  @Test func isTheBestOfAllClusterings() {
    var random = RandomSource(seed: 11)
    for clusters in 1...4 {
      for _ in 0..<10 {
        let points = (0..<9).map { _ in random.normal() * 100 }.sorted()
        let data = WeightedPoints(points: points, weights: points.map { _ in Double(1 + random.index(below: 5)) })
        let found = KMeans1D(data, clusterCount: clusters)
        let least = leastInertia(data, clusters)
        #expect(abs(found.inertia - least) <= 1e-9 * (1 + least))
        #expect(found.starts.count == clusters && found.starts[0] == 0)
        #expect(found.labels(count: 9).first == 0 && found.labels(count: 9).last == clusters - 1)
      }
    }
  }

  @Test func makesNoMoreClustersThanPoints() {
    let data = WeightedPoints(points: [1, 5], weights: [3, 1])
    let found = KMeans1D(data, clusterCount: 10)
    #expect(found.starts == [0, 1] && found.inertia == 0)
  }
}
