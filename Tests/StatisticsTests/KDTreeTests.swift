import MynahParallelism
import MynahRandomness
import Testing

@testable import MynahStatistics

@Suite struct KDTreeTests {
  /// Every distance, summed dimension by dimension; ties by index.
  private func naive(_ numbers: [Double], _ dimensions: Int, _ query: [Double], k: Int, excluding: Int32) -> NearestList
  {
    var list = NearestList(k: k)
    for row in 0..<(dimensions == 0 ? 0 : numbers.count / dimensions) where row != Int(excluding) {
      var sum = 0.0
      for j in 0..<dimensions {
        let difference = numbers[row * dimensions + j] - query[j]
        sum += difference * difference
      }
      list.insert(sum, Int32(row))
    }
    return list
  }

  private func expectSame(
    _ numbers: [Double], _ dimensions: Int, queries: [[Double]], k: Int, excluding: (Int) -> Int32 = { _ in -1 },
    _ comment: Comment
  ) {
    let tree = KDTree(numbers, count: numbers.count / dimensions, dimensions: dimensions)
    #expect(tree.order.sorted() == (0..<Int32(tree.count)).map { $0 }, comment)
    for (index, query) in queries.enumerated() {
      var list = NearestList(k: k)
      tree.nearest(to: query, excluding: excluding(index), into: &list)
      let expected = naive(numbers, dimensions, query, k: k, excluding: excluding(index))
      #expect(list.count == expected.count, comment)
      #expect(list.indices == expected.indices, comment)
      #expect(list.distances.map(\.bitPattern) == expected.distances.map(\.bitPattern), comment)
    }
  }

  private func rows(_ numbers: [Double], _ dimensions: Int) -> [[Double]] {
    stride(from: 0, to: numbers.count, by: dimensions).map { Array(numbers[$0..<$0 + dimensions]) }
  }

  @Test(arguments: 1...10) func equalsANaiveScan(dimensions: Int) {
    var random = RandomSource(seed: UInt64(dimensions))
    let numbers = (0..<700 * dimensions).map { _ in random.normal() * 3 }
    let elsewhere = (0..<40).map { _ in (0..<dimensions).map { _ in random.normal() * 10 } }
    expectSame(numbers, dimensions, queries: elsewhere, k: 6, "other queries")
    expectSame(
      numbers, dimensions, queries: rows(numbers, dimensions), k: 5, excluding: { Int32($0) }, "itself left out")
  }

  @Test(arguments: [1, 2, 3, 7]) func breaksTiesByIndex(dimensions: Int) {
    var random = RandomSource(seed: 3)
    // Whole numbers 0, 1, 2: most distances are equal, most points occur many times.
    let numbers = (0..<900 * dimensions).map { _ in Double(random.index(below: 3)) }
    let queries = Array(rows(numbers, dimensions).prefix(100))
    expectSame(numbers, dimensions, queries: queries, k: 8, excluding: { Int32($0) }, "whole numbers")
  }

  @Test func takesPointsThatAreAllEqual() {
    let numbers = [Double](repeating: 4.5, count: 500 * 3)
    expectSame(numbers, 3, queries: [[4.5, 4.5, 4.5], [0, 1, 2]], k: 7, excluding: { _ in 2 }, "equal points")
  }

  @Test func takesConstantDimensionsAndExtremeScales() {
    var random = RandomSource(seed: 8)
    var numbers: [Double] = []
    for _ in 0..<400 { numbers += [7, random.normal() * 1e-200, random.normal() * 1e9, -0.0] }
    expectSame(numbers, 4, queries: Array(rows(numbers, 4).prefix(50)), k: 4, "constant dimensions")
    // Squares overflow: all distances but one's own are infinite, and the index alone decides.
    let huge = (0..<300).map { _ in random.normal() * 1e300 }
    expectSame(huge, 1, queries: Array(rows(huge, 1).prefix(20)), k: 3, "distances that overflow")
    let endless = (0..<200).map { $0 % 50 == 0 ? Double.infinity : random.normal() }
    let tree = KDTree(endless, count: 200, dimensions: 1)
    var list = NearestList(k: 3)
    tree.nearest(to: [0.25], excluding: -1, into: &list)
    #expect(list.indices == naive(endless, 1, [0.25], k: 3, excluding: -1).indices)
  }

  @Test func takesFewPoints() {
    expectSame([1, 2, 3], 1, queries: [[2.2]], k: 10, "k above the number of points")
    expectSame([1, 2, 3], 1, queries: [[2.2]], k: 10, excluding: { _ in 1 }, "k above what is left")
    expectSame([5, 6], 2, queries: [[0, 0]], k: 1, "one point")
    let none = KDTree([], count: 0, dimensions: 3)
    var list = NearestList(k: 2)
    none.nearest(to: [0, 0, 0], excluding: -1, into: &list)
    #expect(list.count == 0)
    let flat = KDTree([], count: 40, dimensions: 0)
    flat.nearest(to: [], excluding: 0, into: &list)
    #expect(list.indices == [1, 2] && list.distances == [0, 0])
  }

  /// More points than one task builds, so that the upper levels are split in place.
  @Test func buildsLargeTrees() {
    var random = RandomSource(seed: 21)
    let numbers = (0..<50_000 * 2).map { _ in (random.normal() * 50).rounded() }
    expectSame(numbers, 2, queries: Array(rows(numbers, 2).prefix(5)), k: 6, excluding: { Int32($0) }, "50,000 points")
  }
}
