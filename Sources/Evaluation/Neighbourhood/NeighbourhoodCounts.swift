import MynahParallelism
import MynahRandomness
import MynahStatistics
import MynahTables

/// How many synthetic rows lie in the balls around real rows that reach to their k-th nearest other real row.
struct NeighbourhoodCounts {
  /// Balls that synthetic rows are in, counted for each of them and summed.
  let hits: Double
  /// Real rows whose ball holds a synthetic row.
  let covered: Int
  let realCount: Int
  let syntheticCount: Int
  let k: Int

  init(_ space: RowSpace, k: Int) throws(Inapplicable) {
    guard k >= 1, k < space.real.count else {
      throw Inapplicable("k must lie in 1...\(space.real.count - 1), the other real rows, not \(k)")
    }
    let neighbors = NearestNeighbors(space.real).neighbors(ofRows: Array(0..<space.real.count), k: k)
    let radii = (0..<space.real.count).map { neighbors.distances[$0 * k + k - 1] }
    // Each row's own piece of memory is written by one thread only.
    let counts = Self.synthetic(in: radii, space)
    hits = counts.reduce(0) { $0 + Double($1) }
    covered = counts.count { $0 > 0 }
    (realCount, syntheticCount, self.k) = (space.real.count, space.synthetic.count, k)
  }

  /// By real row, the synthetic rows in its ball.
  private static func synthetic(in radii: [Double], _ space: RowSpace) -> [Int] {
    let (real, synthetic) = (RowDistances(space.real), RowDistances(space.synthetic))
    let pieces = (real.count + RowDistances.rowsPerPiece - 1) / RowDistances.rowsPerPiece
    return parallelMap(pieces) { piece in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: synthetic.count) { sums in
        sums.initialize(repeating: 0)
        let first = piece * RowDistances.rowsPerPiece
        return (first..<min(real.count, first + RowDistances.rowsPerPiece)).map { row in
          synthetic.squared(to: real, row, into: sums)
          let radius = radii[row]
          var count = 0
          for squared in sums where squared.squareRoot() <= radius { count += 1 }
          return count
        }
      }
    }.flatMap { $0 }
  }
}
