import MynahParallelism
import MynahStatistics

/// The balls around real rows that reach to their k-th nearest other real row.
struct NeighbourhoodBalls {
  private let space: RowSpace
  private let radii: [Double]

  init(_ space: RowSpace, k: Int) throws(Inapplicable) {
    guard k >= 1, k < space.real.count else {
      throw Inapplicable("k must lie in 1...\(space.real.count - 1), the other real rows, not \(k)")
    }
    let neighbors = NearestNeighbors(space.real).neighbors(ofRows: Array(0..<space.real.count), k: k)
    self.space = space
    radii = (0..<space.real.count).map { neighbors.distances[$0 * k + k - 1] }
  }

  /// Real rows whose ball holds a synthetic row.
  var covered: Int {
    let nearest = NearestNeighbors(space.synthetic).neighbors(of: space.real, k: 1)
    return zip(nearest.distances, radii).count { $0 <= $1 }
  }

  /// Synthetic rows by ball.
  var hits: [Double] {
    let (real, synthetic) = (RowDistances(space.real), RowDistances(space.synthetic))
    return synthetic.figures(over: real) { row, squared in
      let radius = radii[row]
      var count = 0
      for distance in squared where distance.squareRoot() <= radius { count += 1 }
      return Double(count)
    }
  }
}
