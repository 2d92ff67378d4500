import MynahParallelism
import MynahRandomness
import Testing

@testable import MynahStatistics

@Suite struct KMeansTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      let numbers: [[Double]]
      let clusters: Int
      let inertia: Double
      let miniBatchInertia: Double
    }
    let tool: String
    let cases: [String: Case]
  }

  /// Scikit-learn's figure is the best of 20 starts.
  @Test(arguments: ["apart", "overlapping", "many clusters"]) func agreesWithScikitLearn(name: String) throws {
    let data = try #require(try golden("kmeans.json", as: Golden.self).cases[name])
    let numbers = data.numbers.flatMap { $0 }
    var random = RandomSource(seed: 4)
    let kmeans = KMeans(clusterCount: data.clusters, initializations: 10, algorithm: .lloyd)
    let found = kmeans.fitted(
      to: numbers, count: data.numbers.count, dimensions: data.numbers[0].count, using: &random)
    #expect(abs(found.inertia / data.inertia - 1) < 0.03)
    expectConsistent(found, numbers, dimensions: data.numbers[0].count)
    let inBatches = KMeans(clusterCount: data.clusters, algorithm: .miniBatch, batchSize: 100).fitted(
      to: numbers, count: data.numbers.count, dimensions: data.numbers[0].count, using: &random)
    #expect(inBatches.inertia < 1.15 * data.miniBatchInertia && inBatches.inertia > 0.97 * data.inertia)
    expectConsistent(inBatches, numbers, dimensions: data.numbers[0].count)
  }

  /// Every point has the nearest center, and the inertia is what the labels say.
  private func expectConsistent(_ fitted: KMeans.Fitted, _ numbers: [Double], dimensions: Int) {
    var inertia = 0.0
    for (index, label) in fitted.labels.enumerated() {
      let distances = (0..<fitted.centers.count / dimensions).map { center in
        (0..<dimensions).reduce(0.0) { sum, j in
          let difference = numbers[index * dimensions + j] - fitted.centers[center * dimensions + j]
          return sum + difference * difference
        }
      }
      #expect(distances[Int(label)] == distances.min())
      inertia += distances[Int(label)]
    }
    #expect(abs(inertia - fitted.inertia) <= 1e-9 * (1 + inertia))
  }

  /// Four tight pairs: the best clustering is the pairs, with an inertia of 4 · 2 · 0.5² = 2.
  @Test(arguments: [KMeans.Algorithm.lloyd, .miniBatch]) func findsTheBestClustering(algorithm: KMeans.Algorithm) {
    let numbers = [0.0, 0, 0, 1, 100, 0, 100, 1, 0, 100, 0, 101, 100, 100, 100, 101]
    var random = RandomSource(seed: 9)
    let kmeans = KMeans(clusterCount: 4, initializations: 5, algorithm: algorithm)
    let found = kmeans.fitted(to: numbers, count: 8, dimensions: 2, using: &random)
    #expect(Set(found.labels).count == 4)
    for pair in 0..<4 { #expect(found.labels[2 * pair] == found.labels[2 * pair + 1]) }
    if algorithm == .lloyd { #expect(found.inertia == 2) } else { #expect(found.inertia < 4) }
  }

  @Test func movesAnEmptyClusterToTheFarthestPoint() {
    let points = ClusteredPoints([0, 1, 2, 50], count: 4, dimensions: 1)
    // Nobody is near −1000: that cluster gets 50, the point farthest from its center.
    let found = KMeans(clusterCount: 2).lloyd(points, from: [1, -1000])
    #expect(found.labels == [0, 0, 0, 1])
    #expect(found.centers == [1, 50])
    #expect(found.inertia == 2)
  }

  @Test func takesFewAndEqualPoints() {
    var random = RandomSource(seed: 2)
    let few = KMeans(clusterCount: 10).fitted(to: [1, 5], count: 2, dimensions: 1, using: &random)
    #expect(few.centers.sorted() == [1, 5] && few.inertia == 0)
    for algorithm in [KMeans.Algorithm.lloyd, .miniBatch] {
      let kmeans = KMeans(clusterCount: 3, algorithm: algorithm)
      let equal = kmeans.fitted(to: Array(repeating: 7, count: 20), count: 10, dimensions: 2, using: &random)
      #expect(equal.inertia == 0 && equal.labels.count == 10 && equal.centers.allSatisfy { $0 == 7 })
      #expect(kmeans.fitted(to: [], count: 0, dimensions: 2, using: &random).labels.isEmpty)
      #expect(kmeans.fitted(to: [], count: 5, dimensions: 0, using: &random).labels == [0, 0, 0, 0, 0])
    }
  }

  /// 20,000 points are several chunks of sums.
  @Test(arguments: [KMeans.Algorithm.lloyd, .miniBatch])
  func isTheSameWithAnyNumberOfThreads(algorithm: KMeans.Algorithm) {
    let before = threadCount
    defer { threadCount = before }
    var data = RandomSource(seed: 30)
    let numbers = (0..<20_000 * 3).map { _ in data.normal() }
    let fits = [1, 2].map { threads in
      threadCount = threads
      var random = RandomSource(seed: 5)
      return KMeans(clusterCount: 6, maxIterations: 10, initializations: 1, algorithm: algorithm).fitted(
        to: numbers, count: 20_000, dimensions: 3, using: &random)
    }
    #expect(fits[0] == fits[1])
  }
}
