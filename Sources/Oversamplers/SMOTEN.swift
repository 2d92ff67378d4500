import MynahRandomness
import MynahStatistics
import MynahTables

/// SMOTE for categories only (Chawla et al., 2002, section 6.2). Rows are compared by the value difference metric of
/// Stanfill and Waltz (1986), in Cost and Salzberg's (1993) form:
///
///     d(a, b) = Σ over columns (Σ over classes |P(class | aⱼ) − P(class | bⱼ)|)²
///
/// A new row has, column by column, the most frequent level among a row drawn uniformly and its `kNeighbors` nearest rows of
/// the class, the first in the order of levels where several are. A missing value is a level of its own.
public struct SMOTEN: Resampler, Interpolating, Equatable {
  public static let identifier = "smoten"
  public var kNeighbors = 5

  public init() {}

  public func validate() throws(ResamplingError) { try requirePositive(kNeighbors, "kNeighbors") }

  var categoryHandling: CategoricalHandling? { nil }
  var takesFirstLevel: Bool { true }

  func check(_ problem: BalanceProblem) throws(ResamplingError) {
    if let number = problem.roles.numbers.first {
      throw ResamplingError(
        "column '\(problem.table.schema.columns[number].name)' is numeric, and smoten compares categories only: use "
          + "smote-nc, or declare the column categorical")
    }
    guard !problem.roles.categories.isEmpty else {
      throw ResamplingError("there is no categorical column for smoten to compare; use random")
    }
  }

  func segments(
    adding count: Int, to classIndex: Int, in problem: BalanceProblem, using random: inout RandomSource
  ) throws(ResamplingError) -> [Segment] {
    let rows = problem.classes.rows[classIndex]
    let points = MixedPoints(
      count: rows.count, dimensions: 0, numbers: [],
      categories: problem.roles.categories.map { problem.valueDifference($0, rows) })
    // The row itself is among those that vote; by its own distance of 0 it comes first, or level with its equals.
    let search = NearestNeighbors(points, algorithm: problem.request.search)
    let found = search.neighbors(ofRows: Array(rows.indices), k: kNeighbors)
    var voters: [Int32] = []
    voters.reserveCapacity(rows.count * (found.k + 1))
    for place in rows.indices {
      voters.append(Int32(rows[place]))
      voters += found[place].map { Int32(rows[Int($0)]) }
    }
    var segment = Segment(classIndex: classIndex, capacity: count)
    var lists: [Int32] = []
    for _ in 0..<count {
      let place = random.index(below: rows.count)
      segment.append(base: rows[place], partner: -1, step: 0)
      lists.append(Int32(place))
    }
    segment.voters = Voters(k: found.k + 1, rows: voters, lists: lists)
    return [segment]
  }
}

extension BalanceProblem {
  /// A column with the value difference metric of its levels, missing as the last one.
  func valueDifference(_ column: Int, _ rows: [Int]) -> CategoricalFeature {
    guard case .categorical(let codes, let levels, let validity) = table.columns[column] else {
      return CategoricalFeature(codes: rows.map { _ in 0 }, .mismatch(weight: 0))
    }
    // Only levels that occur: a dictionary of many levels may be shared by few rows.
    var places = [Int32](repeating: -1, count: levels.count + 1)
    var used = 0
    func place(_ row: Int) -> Int {
      let code = validity?[row] ?? true ? Int(codes[row]) : levels.count
      if places[code] < 0 {
        places[code] = Int32(used)
        used += 1
      }
      return Int(places[code])
    }
    let own = rows.map { Int32(place($0)) }
    let classCount = classes.names.count
    var shares = [Double](repeating: 0, count: used * classCount)
    for row in 0..<table.rowCount {
      let code = validity?[row] ?? true ? Int(codes[row]) : levels.count
      if places[code] >= 0 { shares[Int(places[code]) * classCount + Int(classes.labels[row])] += 1 }
    }
    for level in 0..<used {
      let own = level * classCount..<(level + 1) * classCount
      let total = shares[own].reduce(0, +)
      for index in own { shares[index] /= total }
    }
    var table = [Double](repeating: 0, count: used * used)
    for a in 0..<used {
      for b in 0..<a {
        var sum = 0.0
        for c in 0..<classCount { sum += abs(shares[a * classCount + c] - shares[b * classCount + c]) }
        table[a * used + b] = sum * sum
        table[b * used + a] = sum * sum
      }
    }
    return CategoricalFeature(codes: own, .table(table, levels: used))
  }
}
