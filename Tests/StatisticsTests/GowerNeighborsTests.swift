import MynahParallelism
import MynahRandomness
import Testing

@testable import MynahStatistics

@Suite struct GowerNeighborsTests {
  /// Numbers in and beyond the range, some missing; levels few and many.
  private func points(_ count: Int, numbers: Int = 3, levels: [Int] = [3, 700], seed: UInt64) -> MixedPoints {
    var random = RandomSource(seed: seed)
    let values = (0..<count * numbers).map { _ in
      switch random.index(below: 12) {
      case 0: Double.nan
      case 1: 3e4 * random.uniform()
      case 2: 0.25
      default: random.uniform()
      }
    }
    let categories = levels.map { cardinality in
      CategoricalFeature(
        codes: (0..<count).map { _ in Int32(random.index(below: cardinality)) - 1 }, .mismatch(weight: 1))
    }
    return MixedPoints(count: count, dimensions: numbers, numbers: values, categories: categories)
  }

  /// The definition, pair by pair.
  private func distance(_ a: MixedPoints, _ i: Int, _ b: MixedPoints, _ j: Int) -> Double {
    var sum = 0.0
    for d in 0..<a.dimensions {
      let (x, y) = (a.numbers[i * a.dimensions + d], b.numbers[j * b.dimensions + d])
      sum += x.isNaN && y.isNaN ? 0 : x.isNaN || y.isNaN ? 1 : min(1, abs(x - y))
    }
    for (x, y) in zip(a.categories, b.categories) where x.codes[i] != y.codes[j] { sum += 1 }
    return sum / Double(a.featureCount)
  }

  private func expected(_ queries: MixedPoints, _ points: MixedPoints, k: Int, isSelf: Bool) -> Neighbors {
    var (indices, distances): ([Int32], [Double]) = ([], [])
    for i in 0..<queries.count {
      let all = (0..<points.count).filter { !isSelf || $0 != i }.map { (distance(queries, i, points, $0), Int32($0)) }
        .sorted { $0 < $1 }.prefix(k)
      indices += all.map(\.1) + Array(repeating: -1, count: k - all.count)
      distances += all.map(\.0) + Array(repeating: .infinity, count: k - all.count)
    }
    return Neighbors(k: k, indices: indices, distances: distances)
  }

  @Test(arguments: [1, 7, 64, 65, 1500]) func agreesWithTheDefinition(count: Int) {
    let (searched, queries) = (points(count, seed: 1), points(90, seed: 2))
    for k in [1, 2, 5] {
      #expect(GowerNeighbors(searched).neighbors(of: queries, k: k) == expected(queries, searched, k: k, isSelf: false))
    }
  }

  @Test func leavesItselfOut() {
    let searched = points(300, seed: 3)
    #expect(
      GowerNeighbors(searched).neighborsAmongThemselves(k: 2) == expected(searched, searched, k: 2, isSelf: true))
  }

  @Test func levelsThatNoSearchedPointHas() {
    let searched = points(200, levels: [3], seed: 4)
    // Codes beyond a byte.
    let queries = points(200, levels: [900], seed: 5)
    #expect(GowerNeighbors(searched).neighbors(of: queries, k: 2) == expected(queries, searched, k: 2, isSelf: false))
  }

  @Test func featuresOfOneKindAndNone() {
    for (numbers, levels) in [(2, []), (0, [4, 5]), (0, Array(repeating: 2, count: 300))] {
      let (searched, queries) = (
        points(150, numbers: numbers, levels: levels, seed: 6),
        points(40, numbers: numbers, levels: levels, seed: 7)
      )
      #expect(GowerNeighbors(searched).neighbors(of: queries, k: 3) == expected(queries, searched, k: 3, isSelf: false))
    }
    let nothing = MixedPoints(count: 3, dimensions: 0, numbers: [])
    #expect(GowerNeighbors(nothing).neighbors(of: nothing, k: 1).indices == [-1, -1, -1])
    #expect(GowerNeighbors(points(0, seed: 1)).neighbors(of: points(2, seed: 1), k: 1).indices == [-1, -1])
    #expect(GowerNeighbors(points(5, seed: 1)).neighbors(of: points(0, seed: 1), k: 1).indices == [])
  }

  @Test func equalPointsGoByIndex() {
    let searched = points(200, seed: 10)
    let twice = searched.gathering(Array(0..<200) + Array(0..<200))
    let found = GowerNeighbors(twice).neighbors(of: searched, k: 2)
    #expect(found == expected(searched, twice, k: 2, isSelf: false))
    #expect(found.distances.allSatisfy { $0 == 0 })
    // Few distinct rows, each very often, in no order.
    let few = points(2, numbers: 1, levels: [3], seed: 11).gathering((0..<300).map { $0 * $0 % 7 % 2 })
    let many = points(40, numbers: 1, levels: [3], seed: 12)
    for k in [1, 4, 200] {
      #expect(GowerNeighbors(few).neighbors(of: many, k: k) == expected(many, few, k: k, isSelf: false))
      #expect(GowerNeighbors(few).neighborsAmongThemselves(k: k) == expected(few, few, k: k, isSelf: true))
    }
  }

  @Test func doesNotDependOnThreads() {
    let before = threadCount
    defer { threadCount = before }
    let (searched, queries) = (points(700, seed: 8), points(300, seed: 9))
    threadCount = 1
    let one = GowerNeighbors(searched).neighbors(of: queries, k: 3)
    threadCount = 3
    #expect(GowerNeighbors(searched).neighbors(of: queries, k: 3) == one)
  }

  /// Scores by hand: 8 of 10 at z = 1.96 (Agresti and Coull, 1998, give 0.49 to 0.943).
  @Test func wilson() {
    let interval = WilsonInterval(successes: 8, of: 10)
    #expect(interval.rate == 0.8)
    #expect(abs(interval.low - 0.4902) < 1e-4)
    #expect(abs(interval.high - 0.9433) < 1e-4)
    #expect(WilsonInterval(successes: 0, of: 5).low == 0)
    #expect(WilsonInterval(successes: 5, of: 5).high == 1)
  }
}
