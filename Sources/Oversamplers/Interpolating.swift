import MynahRandomness
import MynahStatistics
import MynahTables

/// A method of the SMOTE family: it chooses, for each new row, two real rows and a place between them.
protocol Interpolating: Resampler {
  /// What it does with categorical columns; nil where they are part of the method.
  var categoryHandling: CategoricalHandling? { get }
  /// Neighbours of its own class that a row must have; what imbalanced-learn calls `k_neighbors`.
  var kNeighbors: Int { get }
  /// Whether, of equally frequent levels, the first in their order is taken; else one is drawn.
  var takesFirstLevel: Bool { get }
  /// What the method demands of a table besides.
  func check(_ problem: BalanceProblem) throws(ResamplingError)
  /// The new rows of one class.
  func segments(
    adding count: Int, to classIndex: Int, in problem: BalanceProblem, using random: inout RandomSource
  ) throws(ResamplingError) -> [Segment]
}

extension Interpolating {
  var takesFirstLevel: Bool { false }
  func check(_ problem: BalanceProblem) throws(ResamplingError) {}

  public func resampled(
    _ table: Table, _ request: BalanceRequest, using random: inout RandomSource
  ) throws -> ResampledTable {
    try validate()
    let problem = try BalanceProblem(table, request, method: Self.identifier, handling: categoryHandling)
    try check(problem)
    try problem.requireNeighbors(kNeighbors)
    var segments: [Segment] = []
    for (classIndex, count) in try problem.additions() {
      var own = random.split()
      segments += try self.segments(adding: count, to: classIndex, in: problem, using: &own)
    }
    let ranks = takesFirstLevel ? problem.levelRanks() : [:]
    return ResampledTable(
      source: table,
      added: RecipeRows(method: Self.identifier, problem, segments, ranks: ranks, random: random.split()),
      notices: problem.notices)
  }
}

extension BalanceProblem {
  /// By categorical column the rank of each level among the level's texts.
  fileprivate func levelRanks() -> [Int: [Int32]] {
    var ranks: [Int: [Int32]] = [:]
    for column in roles.categories {
      guard case .categorical(_, let levels, _) = table.columns[column] else { continue }
      var own = [Int32](repeating: 0, count: levels.count)
      for (rank, level) in levels.indices.sorted(by: { levels[$0] < levels[$1] }).enumerated() {
        own[level] = Int32(rank)
      }
      ranks[column] = own
    }
    return ranks
  }

  /// The nearest other rows of each row of a class, among the class.
  ///
  /// With `followsReference` a row's nearest point is left out by position, as imbalanced-learn does: where another row
  /// equals it and comes first, it stays its own neighbour.
  func neighborsWithinClass(_ classIndex: Int, k: Int) throws(ResamplingError) -> ClassNeighbors {
    let rows = classes.rows[classIndex]
    return try neighbors(of: Array(rows.indices), among: rows, k: k, weighedBy: classIndex)
  }

  /// The nearest rows of some of `rows`, among `rows`.
  ///
  /// - Parameter places: those of `rows` whose neighbours are wanted.
  func neighbors(
    of places: [Int], among rows: [Int], k: Int, weighedBy classIndex: Int?
  ) throws(ResamplingError) -> ClassNeighbors {
    let search = try self.search(among: rows, k: k, weighedBy: classIndex)
    guard request.followsReference else {
      let found = search.neighbors(ofRows: places, k: k)
      return ClassNeighbors(k: found.k, rows: found.indices.map { Int32(rows[Int($0)]) })
    }
    let found = search.neighbors(of: search.points.gathering(places), k: k + 1)
    var kept: [Int32] = []
    kept.reserveCapacity(places.count * max(0, found.k - 1))
    for query in places.indices { kept += found[query].dropFirst().map { Int32(rows[Int($0)]) } }
    return ClassNeighbors(k: found.k - 1, rows: kept)
  }
}

extension BalanceProblem {
  /// From how many rows on an approximate search pays where it is asked for.
  private static let fewestRowsToApproximate = 100_000

  private func search(
    among rows: [Int], k: Int, weighedBy classIndex: Int?
  ) throws(ResamplingError) -> NearestNeighbors {
    let points = points(rows, weighedBy: classIndex)
    guard request.search == .approximate else { return NearestNeighbors(points, algorithm: request.search) }
    guard NearestNeighbors.approximateIsAvailable else {
      throw ResamplingError(
        "this program was built without hnswlib, which approximate neighbours need: install libhnswlib-dev and build "
          + "again, or leave --approximate out")
    }
    guard points.count >= Self.fewestRowsToApproximate, points.categories.isEmpty, !points.hasMissing else {
      noticeLog.add(
        points.count < Self.fewestRowsToApproximate
          ? "neighbours among \(points.count) rows are exact: approximating pays from \(Self.fewestRowsToApproximate) on"
          : "neighbours are exact: only numbers without missing values can be approximated")
      return NearestNeighbors(points)
    }
    let search = NearestNeighbors(points, algorithm: .approximate)
    var random = RandomSource(seed: 0)
    if let recall = search.recall(k: k, sample: 100, using: &random) {
      noticeLog.add(
        "neighbours are approximate: of the \(k) nearest, \((recall * 1000).rounded() / 10) % were found for 100 rows drawn "
          + "among \(points.count)")
    }
    return search
  }
}

/// Neighbours of some rows, as rows of the table.
struct ClassNeighbors: Sendable {
  let k: Int
  /// Row-major.
  let rows: [Int32]

  subscript(place: Int) -> ArraySlice<Int32> { rows[place * k..<(place + 1) * k] }
}

extension Segment {
  /// `count` rows between a base, drawn uniformly with replacement, and one of its neighbours, likewise: SMOTE's draw.
  ///
  /// - Parameters:
  ///   - bases: rows of the table.
  ///   - neighbors: of each base.
  ///   - step: how far, given the partner.
  init(
    drawing count: Int, of bases: [Int], towards neighbors: ClassNeighbors, classIndex: Int, votes: Bool,
    using random: inout RandomSource, step: (_ partner: Int, inout RandomSource) -> Double = { $1.uniform() }
  ) {
    self.init(classIndex: classIndex, capacity: count)
    var lists: [Int32] = []
    if votes { lists.reserveCapacity(count) }
    for _ in 0..<count {
      let place = random.index(below: bases.count)
      let partner = Int(neighbors.rows[place * neighbors.k + random.index(below: neighbors.k)])
      append(base: bases[place], partner: partner, step: step(partner, &random))
      if votes { lists.append(Int32(place)) }
    }
    if votes { voters = Voters(k: neighbors.k, rows: neighbors.rows, lists: lists) }
  }
}
