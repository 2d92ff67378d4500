import MynahParallelism
import MynahStatistics

/// Points column by column, so that the distances of one point to all of them are found in passes that vectorise.
struct RowDistances {
  let count: Int
  private let numbers: [[Double]]
  private let codes: [[Int32]]

  /// - Parameter points: nothing missing; levels that differ are 1 apart, squared.
  init(_ points: MixedPoints) {
    count = points.count
    let dimensions = points.dimensions
    numbers = (0..<dimensions).map { j in (0..<points.count).map { points.numbers[$0 * dimensions + j] } }
    codes = points.categories.map(\.codes)
  }

  /// Rows that are worked on at a time by `figures`.
  static let rowsPerPiece = 64

  /// The squared distances of row `row` of `other`, which has the same features, to all points.
  func squared(to other: RowDistances, _ row: Int, into sums: UnsafeMutableBufferPointer<Double>) {
    sums.update(repeating: 0)
    for (own, theirs) in zip(numbers, other.numbers) {
      let value = theirs[row]
      own.withUnsafeBufferPointer { own in
        for i in 0..<count {
          let difference = own[i] - value
          sums[i] += difference * difference
        }
      }
    }
    for (own, theirs) in zip(codes, other.codes) {
      let code = theirs[row]
      own.withUnsafeBufferPointer { own in
        for i in 0..<count { sums[i] += own[i] == code ? 0 : 1 }
      }
    }
  }

  /// `body` of the squared distances of each row of `other` to all points.
  func figures(
    over other: RowDistances, _ body: (_ row: Int, _ squared: UnsafeMutableBufferPointer<Double>) -> Double
  ) -> [Double] {
    let pieces = (other.count + Self.rowsPerPiece - 1) / Self.rowsPerPiece
    return parallelMap(pieces) { piece in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { sums in
        sums.initialize(repeating: 0)
        return (piece * Self.rowsPerPiece..<min(other.count, (piece + 1) * Self.rowsPerPiece)).map { row in
          squared(to: other, row, into: sums)
          return body(row, sums)
        }
      }
    }.flatMap(\.self)
  }
}
