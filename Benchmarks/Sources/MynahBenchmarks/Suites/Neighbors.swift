import Mynah

/// Neighbours: what an exact search by matrix products takes beside a plain scan, what a tree saves in few dimensions, and
/// what missing values cost.
let neighborsSuite = Suite(name: "neighbors") { figures in
  let rows = 4_000
  let wide = points(rows, 30)
  let queries = Array(0..<rows)
  let scan = Timing.ratio(
    of: { keep(NearestNeighbors(wide, algorithm: .bruteForce).neighbors(ofRows: queries, k: 5)) },
    to: { keep(plainScan(wide)) }, rounds: 3)
  figures.append(
    Figure(
      name: "neighbors.productAgainstScan", ratio: scan.ratio,
      detail: "\(rows) × 30 \(formatted(seconds: scan.body)), every pair in a loop \(formatted(seconds: scan.baseline))"
    ))

  let narrow = points(40_000, 3)
  let all = Array(0..<40_000)
  let tree = Timing.ratio(
    of: { keep(NearestNeighbors(narrow, algorithm: .kdTree).neighbors(ofRows: all, k: 5)) },
    to: { keep(NearestNeighbors(narrow, algorithm: .bruteForce).neighbors(ofRows: all, k: 5)) }, rounds: 3)
  figures.append(
    Figure(
      name: "neighbors.treeAgainstProduct", ratio: tree.ratio,
      detail: "40,000 × 3 \(formatted(seconds: tree.body)), by products \(formatted(seconds: tree.baseline))"))

  let gappy = points(rows, 30, missing: true)
  let missing = Timing.ratio(
    of: { keep(NearestNeighbors(gappy).neighbors(ofRows: queries, k: 5)) },
    to: { keep(NearestNeighbors(wide).neighbors(ofRows: queries, k: 5)) }, rounds: 3)
  figures.append(
    Figure(
      name: "neighbors.missing", ratio: missing.ratio,
      detail:
        "every tenth value missing \(formatted(seconds: missing.body)), none \(formatted(seconds: missing.baseline))"))
}

/// How balancing grows with the rows: seconds for tables of 30 numbers, 2 % minority, balanced to 1:1 in memory.
let balancingSuite = Suite(name: "balancing", isLong: true) { figures in
  for (name, method) in [("smote", SMOTE()), ("adasyn", ADASYN()), ("borderline", BorderlineSMOTE())]
    as [(
      String, any Resampler
    )]
  {
    var details: [String] = []
    var seconds: [Double] = []
    for rows in [10_000, 100_000, 1_000_000] {
      let table = try fraud(rows)
      let clock = ContinuousClock()
      let took = try clock.measure {
        var random = RandomSource(seed: 1)
        let result = try method.resampled(table, BalanceRequest(target: "y"), using: &random)
        try result.forEachBlock { keep($0) }
      }
      seconds.append(took / .seconds(1))
      details.append("\(rows): \(formatted(seconds: took / .seconds(1)))")
    }
    figures.append(
      Figure(
        name: "balancing.\(name)", ratio: seconds[2] / seconds[1],
        detail: "1,000,000 rows ÷ 100,000; \(details.joined(separator: ", "))"))
  }
}

private func points(_ rows: Int, _ dimensions: Int, missing: Bool = false) -> MixedPoints {
  var random = RandomSource(seed: 3)
  return MixedPoints(
    count: rows, dimensions: dimensions,
    numbers: (0..<rows * dimensions).map { _ in
      let value = random.normal()
      return missing && random.uniform() < 0.1 ? .nan : value
    })
}

/// What one would write without thinking about it: distances in a loop, the five least kept.
private func plainScan(_ points: MixedPoints) -> [Int] {
  let d = points.dimensions
  return points.numbers.withUnsafeBufferPointer { numbers in
    (0..<points.count).flatMap { query in
      var least = [(Double, Int)](repeating: (.infinity, -1), count: 5)
      for other in 0..<points.count where other != query {
        var sum = 0.0
        for j in 0..<d {
          let difference = numbers[query * d + j] - numbers[other * d + j]
          sum += difference * difference
        }
        guard sum < least[4].0 else { continue }
        var place = 4
        while place > 0, least[place - 1].0 > sum {
          least[place] = least[place - 1]
          place -= 1
        }
        least[place] = (sum, other)
      }
      return least.map(\.1)
    }
  }
}

private func fraud(_ rows: Int) throws -> Table {
  var random = RandomSource(seed: 5)
  let labels = (0..<rows).map { _ in Int32(random.uniform() < 0.02 ? 1 : 0) }
  let columns = (0..<30).map { _ in Column.continuous(labels.map { random.normal() + 0.7 * Double($0) }, nil) }
  return try Table(
    schema: Schema(
      (0..<30).map { ColumnSchema(name: "v\($0)", kind: .continuous) } + [ColumnSchema(name: "y", kind: .boolean)]),
    columns: columns + [.categorical(codes: labels, levels: ["0", "1"], nil)])
}
