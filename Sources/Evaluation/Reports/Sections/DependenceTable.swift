import MynahParallelism
import MynahTables

/// How strongly every two columns depend on each other in either table, by the figures of `CorrelationDifference`.
struct DependenceTable {
  struct Pair {
    let first: Int
    let second: Int
    /// "r", "V" or "η".
    let measure: String
    let real: Double?
    let synthetic: Double?

    /// Synthetic − real; nil where the real columns have no figure.
    var difference: Double? { real.map { (synthetic ?? 0) - $0 } }
  }

  let names: [String]
  /// Each pair once, `first` below `second`, in order.
  let pairs: [Pair]

  init(_ columns: [AlignedColumn]) {
    let dependences = Dependences(columns)
    var places: [(Int, Int)] = []
    for first in columns.indices {
      for second in columns.indices where second > first { places.append((first, second)) }
    }
    pairs = parallelMap(places.count) { place in
      let (first, second) = places[place]
      let figures = dependences.pair(first, second)
      let discrete = [first, second].count { columns[$0].isDiscrete }
      return Pair(
        first: first, second: second, measure: ["r", "η", "V"][discrete], real: figures.real,
        synthetic: figures.synthetic)
    }
    names = columns.map(\.name)
  }

  /// The pairs whose figures differ most, the worst first.
  func worst(_ most: Int) -> [Pair] {
    let known = pairs.enumerated().compactMap { place, pair in pair.difference.map { (abs($0), place, pair) } }
    return known.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.prefix(most).map(\.2)
  }

  /// The columns whose pairs differ most, in the table's order.
  func worstColumns(_ most: Int) -> [Int] {
    guard names.count > most else { return Array(names.indices) }
    var sums = Array(repeating: 0.0, count: names.count)
    for pair in pairs {
      sums[pair.first] += abs(pair.difference ?? 0)
      sums[pair.second] += abs(pair.difference ?? 0)
    }
    return names.indices.sorted { (sums[$1], $0) < (sums[$0], $1) }.prefix(most).sorted()
  }
}
