import MynahParallelism
import MynahRandomness
import MynahStatistics
import Testing

/// Every search against a scan that knows nothing of blocks, bounds and trees.
@Suite struct NearestNeighborsTests {
  /// Squared distances in the order that the library promises: numbers, then categories.
  private func squared(_ points: MixedPoints, _ a: Int, _ other: MixedPoints, _ b: Int) -> Double {
    var (sum, shared) = (0.0, 0.0)
    for j in 0..<points.dimensions {
      let difference = points.numbers[a * points.dimensions + j] - other.numbers[b * points.dimensions + j]
      if difference.isNaN { continue }
      (sum, shared) = (sum + difference * difference, shared + 1)
    }
    for (mine, theirs) in zip(points.categories, other.categories) {
      let (x, y) = (mine.codes[a], theirs.codes[b])
      if x < 0 || y < 0 { continue }
      switch mine.dissimilarity {
      case .mismatch(let weight): sum += x == y ? 0 : weight
      case .table(let values, let levels): sum += values[Int(x) * levels + Int(y)]
      }
      shared += 1
    }
    let total = Double(points.featureCount)
    return shared == 0 ? .infinity : shared == total ? sum : sum * (total / shared)
  }

  private func naive(_ points: MixedPoints, _ queries: MixedPoints, k: Int, own: Bool) -> [(Int32, Double)] {
    (0..<queries.count).flatMap { query in
      (0..<points.count).filter { !own || $0 != query }.map { (Int32($0), squared(points, $0, queries, query)) }
        .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(k)
    }
  }

  private func check(_ points: MixedPoints, k: Int, _ algorithm: NearestNeighbors.Algorithm = .automatic) {
    let search = NearestNeighbors(points, algorithm: algorithm)
    let own = search.neighbors(ofRows: Array(0..<points.count), k: k)
    let expected = naive(points, points, k: min(k, points.count - 1), own: true)
    #expect(own.indices == expected.map(\.0))
    #expect(own.distances == expected.map { $0.1.squareRoot() })
    let others = search.neighbors(of: points.gathering([0, points.count - 1]), k: k)
    let wanted = naive(points, points.gathering([0, points.count - 1]), k: min(k, points.count), own: false)
    #expect(others.indices == wanted.map(\.0))
  }

  private func numbers(_ count: Int, _ dimensions: Int, seed: UInt64, scales: [Double] = [1]) -> [Double] {
    var random = RandomSource(seed: seed)
    return (0..<count * dimensions).map { random.normal() * scales[$0 % dimensions % scales.count] }
  }

  @Test(arguments: [1, 2, 5, 17, 40], [NearestNeighbors.Algorithm.automatic, .bruteForce, .kdTree])
  func numbersAreSearchedExactly(dimensions: Int, algorithm: NearestNeighbors.Algorithm) {
    let points = MixedPoints(
      count: 700, dimensions: dimensions, numbers: numbers(700, dimensions, seed: UInt64(dimensions)))
    check(points, k: 6, algorithm)
  }

  /// Single precision could not tell these neighbours apart: their distances are a millionth of their norms.
  @Test func clustersFarFromTheCentreAreSearchedExactly() {
    var values = numbers(600, 4, seed: 9, scales: [1, 1e-3, 1e-6, 1])
    for row in 0..<600 { for j in 0..<4 { values[row * 4 + j] += row % 2 == 0 ? 1e6 : -1e6 } }
    check(MixedPoints(count: 600, dimensions: 4, numbers: values), k: 5, .bruteForce)
  }

  @Test func columnsOfVeryDifferentScaleAreSearchedExactly() {
    let values = numbers(500, 6, seed: 3, scales: [1e9, 1, 1e-9, 0, 1e3, 1])
    check(MixedPoints(count: 500, dimensions: 6, numbers: values), k: 5, .bruteForce)
  }

  @Test func equalPointsComeByIndex() {
    var random = RandomSource(seed: 5)
    let values = (0..<900).map { _ in Double(random.index(below: 3)) }
    check(MixedPoints(count: 300, dimensions: 3, numbers: values), k: 7)
    check(MixedPoints(count: 300, dimensions: 3, numbers: values), k: 7, .bruteForce)
    check(MixedPoints(count: 300, dimensions: 3, numbers: Array(repeating: 2, count: 900)), k: 7)
  }

  private func categories(_ count: Int, seed: UInt64, missing: Bool) -> [CategoricalFeature] {
    var random = RandomSource(seed: seed)
    let table = (0..<25).map { place -> Double in
      let (a, b) = (place / 5, place % 5)
      return a == b ? 0 : Double((a - b) * (a - b)) / 7
    }
    return [
      CategoricalFeature(codes: (0..<count).map { _ in Int32(random.index(below: 4)) }, .mismatch(weight: 0.7)),
      CategoricalFeature(
        codes: (0..<count).map { _ in Int32(random.index(below: missing ? 6 : 5)) - (missing ? 1 : 0) },
        missing ? .table(table, levels: 5) : .mismatch(weight: 0.3)),
    ]
  }

  @Test func mixedPointsAreSearchedExactly() {
    let points = MixedPoints(
      count: 500, dimensions: 3, numbers: numbers(500, 3, seed: 8), categories: categories(500, seed: 4, missing: false)
    )
    check(points, k: 5)
  }

  @Test func missingValuesAndTablesAreSearchedExactly() {
    var values = numbers(400, 3, seed: 8)
    for place in stride(from: 0, to: values.count, by: 5) { values[place] = .nan }
    let points = MixedPoints(
      count: 400, dimensions: 3, numbers: values, categories: categories(400, seed: 4, missing: true))
    check(points, k: 5)
  }

  @Test func categoriesAloneAreSearchedExactly() {
    check(
      MixedPoints(count: 300, dimensions: 0, numbers: [], categories: categories(300, seed: 2, missing: false)), k: 4)
  }

  /// The mean of equal numbers is another number by rounding, which must not become the unit of length.
  @Test func queriesFarFromEqualPointsAreAnswered() {
    let values = Array(repeating: [0.1, 0.7, 1.3], count: 170).flatMap { $0 }
    let levels = { (code: Int32, count: Int) in
      [CategoricalFeature(codes: Array(repeating: code, count: count), .mismatch(weight: 1))]
    }
    for numbers in [[0.1, 0.7, 1.3], [0.2, -4, 1.3], [0.1, 0.7, 1.3 + 1e-9]] {
      for withLevels in [false, true] {
        let points = MixedPoints(
          count: 170, dimensions: 3, numbers: values, categories: withLevels ? levels(0, 170) : [])
        let query = MixedPoints(count: 1, dimensions: 3, numbers: numbers, categories: withLevels ? levels(1, 1) : [])
        let found = NearestNeighbors(points, algorithm: .bruteForce).neighbors(of: query, k: 2)
        #expect(found.indices == [0, 1])
        let squared = zip(values, numbers).reduce(withLevels ? 1 : 0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        #expect(abs(found.distances[0] - squared.squareRoot()) <= 1e-12)
      }
    }
  }

  @Test func moreNeighborsThanPointsAreAllOfThem() {
    check(MixedPoints(count: 5, dimensions: 2, numbers: numbers(5, 2, seed: 1)), k: 9)
    let single = MixedPoints(count: 1, dimensions: 1, numbers: [3])
    #expect(NearestNeighbors(single).neighbors(ofRows: [0], k: 3).indices.isEmpty)
  }

  @Test func farQueriesAreAnswered() {
    let points = MixedPoints(count: 50, dimensions: 2, numbers: numbers(50, 2, seed: 6))
    let far = MixedPoints(count: 1, dimensions: 2, numbers: [1e40, -1e40])
    #expect(NearestNeighbors(points).neighbors(of: far, k: 1).distances[0] > 1e40)
  }
}
