import MynahRandomness
import MynahTables

/// Adaptive synthetic sampling (He et al., "ADASYN", 2008): as SMOTE, but a row that has more rows of other classes among
/// its `kNeighbors` nearest of all is the start of more new ones, in proportion.
///
/// Shares are rounded so that exactly as many rows come as were asked for; with `followsReference` each is rounded by
/// itself, as imbalanced-learn does, and the number differs by some rows.
public struct ADASYN: Resampler, Interpolating, Equatable {
  public static let identifier = "adasyn"
  public var kNeighbors = 5
  public var categorical = CategoricalHandling.refuse

  public init() {}

  public func validate() throws(ResamplingError) { try requirePositive(kNeighbors, "kNeighbors") }

  var categoryHandling: CategoricalHandling? { categorical }

  func segments(
    adding count: Int, to classIndex: Int, in problem: BalanceProblem, using random: inout RandomSource
  ) throws(ResamplingError) -> [Segment] {
    let rows = problem.classes.rows[classIndex]
    let shares = try problem.sharesOfOthers(rows, k: kNeighbors, classIndex: classIndex)
    let total = shares.reduce(0, +)
    guard total > 0 else {
      throw ResamplingError(
        "no row of class '\(problem.classes.names[classIndex])' has a row of another class among its \(kNeighbors) nearest, "
          + "so adasyn has nothing to go by; use smote")
    }
    let exact = shares.map { $0 / total * Double(count) }
    let numbers =
      problem.request.followsReference
      ? exact.map { Int($0.rounded(.toNearestOrEven)) } : apportioned(count, by: exact)
    let neighbors = try problem.neighborsWithinClass(classIndex, k: kNeighbors)
    let votes = problem.votes
    var segment = Segment(classIndex: classIndex, capacity: count)
    var lists: [Int32] = []
    for (place, number) in numbers.enumerated() {
      for _ in 0..<number {
        let partner = Int(neighbors.rows[place * neighbors.k + random.index(below: neighbors.k)])
        segment.append(base: rows[place], partner: partner, step: random.uniform())
        if votes { lists.append(Int32(place)) }
      }
    }
    if votes { segment.voters = Voters(k: neighbors.k, rows: neighbors.rows, lists: lists) }
    return [segment]
  }
}

extension BalanceProblem {
  /// Of each row's k nearest among all rows the share that is of other classes.
  func sharesOfOthers(_ rows: [Int], k: Int, classIndex: Int) throws(ResamplingError) -> [Double] {
    let neighbors = try neighbors(of: rows, among: Array(0..<table.rowCount), k: k, weighedBy: classIndex)
    return rows.indices.map { place in
      Double(neighbors[place].count { classes.labels[Int($0)] != Int32(classIndex) }) / Double(neighbors.k)
    }
  }
}

/// Whole numbers that add up to `total` and differ from `shares` by less than one: the whole parts, and one more for the
/// largest remainders, the first of several.
func apportioned(_ total: Int, by shares: [Double]) -> [Int] {
  var numbers = shares.map { Int($0) }
  let left = total - numbers.reduce(0, +)
  guard left > 0 else { return numbers }
  let order = shares.indices.sorted { a, b in
    let (x, y) = (shares[a] - Double(numbers[a]), shares[b] - Double(numbers[b]))
    return x != y ? x > y : a < b
  }
  for index in order.prefix(left) { numbers[index] += 1 }
  return numbers
}
