import MynahParallelism
import MynahRandomness
import Testing

@testable import MynahStatistics

@Suite(.enabled(if: ApproximateIndex.isAvailable, "built without hnswlib")) struct ApproximateIndexTests {
  private func gaussian(_ count: Int, _ dimensions: Int) -> [Double] {
    var random = RandomSource(seed: 12)
    return (0..<count * dimensions).map { _ in random.normal() }
  }

  private func nearest(_ index: ApproximateIndex, row: Int, k: Int) -> NearestList {
    var list = NearestList(k: k)
    index.nearest(to: index.point(row), excluding: Int32(row), into: &list)
    return list
  }

  @Test func findsMostNeighbours() throws {
    var random = RandomSource(seed: 1)
    let index = try ApproximateIndex(gaussian(20_000, 10), count: 20_000, dimensions: 10, using: &random)
    #expect(index.recall(k: 5, sample: 50, using: &random) >= 0.9)
    let list = nearest(index, row: 17, k: 5)
    #expect(list.count == 5 && !list.indices.contains(17))
    for (distance, row) in zip(list.distances, list.indices) {
      #expect(distance == index.squaredDistance(index.point(17), Int(row)))
    }
  }

  @Test func isTheSameWithAnyNumberOfThreads() throws {
    let before = threadCount
    defer { threadCount = before }
    // Few links: what counts is that there are two shards.
    let count = 100_000
    let numbers = gaussian(count, 2)
    var settings = ApproximateIndex.Settings()
    settings.links = 4
    settings.buildEffort = 8
    settings.searchEffort = 8
    #expect(ApproximateIndex.shardCount(of: count) == 2)
    let found = try [1, 2].map { threads in
      threadCount = threads
      var random = RandomSource(seed: 6)
      let index = try ApproximateIndex(numbers, count: count, dimensions: 2, settings: settings, using: &random)
      return (0..<200).map { nearest(index, row: $0 * 7, k: 4).indices }
    }
    #expect(found[0] == found[1])
  }

  /// One point 3,000 times beside 300 others: as nodes of a graph the copies would link to each other only.
  @Test func takesRowsThatRepeat() throws {
    var random = RandomSource(seed: 3)
    let numbers = [Double](repeating: 1.5, count: 3000 * 2) + gaussian(300, 2)
    let index = try ApproximateIndex(numbers, count: 3300, dimensions: 2, using: &random)
    #expect(nearest(index, row: 9, k: 4).indices == [0, 1, 2, 3])
    #expect(nearest(index, row: 9, k: 4).distances == [0, 0, 0, 0])
    #expect(nearest(index, row: 2, k: 4).indices == [0, 1, 3, 4])
    #expect(index.recall(k: 5, sample: 100, using: &random) > 0.99)
  }

  @Test func takesFarAwayAndUnevenColumns() throws {
    var random = RandomSource(seed: 4)
    var numbers: [Double] = []
    for value in gaussian(500, 1) { numbers += [1.7e9 + value, 1e-3 * value, 5, -0.0] }
    numbers[0] = 1e300
    let index = try ApproximateIndex(numbers, count: 500, dimensions: 4, using: &random)
    #expect(index.recall(k: 5, sample: 100, using: &random) > 0.95)
  }

  @Test func takesFewPoints() throws {
    var random = RandomSource(seed: 5)
    let index = try ApproximateIndex([1, 2, 4], count: 3, dimensions: 1, using: &random)
    #expect(nearest(index, row: 0, k: 10).indices.prefix(2) == [1, 2])
    #expect(nearest(index, row: 0, k: 10).count == 2)
    let none = try ApproximateIndex([], count: 0, dimensions: 2, using: &random)
    var list = NearestList(k: 3)
    none.nearest(to: [0, 0], excluding: -1, into: &list)
    #expect(list.count == 0 && none.recall(k: 3, sample: 5, using: &random) == 1)
  }
}
