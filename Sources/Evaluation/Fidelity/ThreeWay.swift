import MynahParallelism
import MynahRandomness
import MynahTables

/// How alike the joint frequencies of three columns are: the mean over triples of columns of
///
///     1 − ½ Σ |p_real − p_synthetic|
///
/// over the cells of the three, where numbers and datetimes are cut into at most `bins` bins at the real column's quantiles,
/// levels beyond the real column's `levels` most frequent are one, and missing is a level of its own. In [0, 1], 1 is best;
/// how far fresh real rows are from 1 is chance, as there are many cells. What pairs of columns cannot show, this does.
///
/// With more than `mostTriples` triples, so many are drawn at random. Details: `triples`, how many were looked at, and of each
/// column the mean of the triples it is in, under its name.
///
/// It is akin to NIST's k-marginal score: D. Ridgeway et al., "Challenge design and lessons learned from the 2018 differential
/// privacy challenges", NIST TN 2151, 2021.
public struct ThreeWay: Metric, Equatable {
  public static var identifier: String { "three-way" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Three-way similarity" }
  public static var meaning: String {
    "How alike the joint frequencies of three columns are."
  }
  public var goal: Goal { .maximize }
  public var bounds: ClosedRange<Double> { 0...1 }

  /// Of a column of numbers, in 2...100.
  public var bins = 5
  /// Levels that keep their own cell, in 1...100.
  public var levels = 9
  /// In 1...1,000,000.
  public var mostTriples = 1000

  // A triple has the product of three columns' bins or levels as cells.
  private static let binLimits = 2...100
  private static let levelLimits = 1...100

  public init() {}

  public init(bins: Int = 5, levels: Int = 9, mostTriples: Int = 1000) {
    (self.bins, self.levels, self.mostTriples) = (bins, levels, mostTriples)
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      bins: try values.decodeIfPresent(Int.self, forKey: .bins) ?? 5,
      levels: try values.decodeIfPresent(Int.self, forKey: .levels) ?? 9,
      mostTriples: try values.decodeIfPresent(Int.self, forKey: .mostTriples) ?? 1000)
  }

  public func validate() throws(MetricError) {
    try require(bins, "bins", in: Self.binLimits)
    try require(levels, "levels", in: Self.levelLimits)
    try require(mostTriples, "mostTriples", in: 1...1_000_000)
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    let columns = try alignedColumns(real: real.train, synthetic: synthetic)
    guard bins >= 2, levels >= 1, mostTriples >= 1 else {
      return .notApplicable(
        reason: "bins must be at least 2, levels and triples at least 1, not \(bins), \(levels) and \(mostTriples)")
    }
    let (bins, levels) = (bins.within(Self.binLimits), levels.within(Self.levelLimits))
    guard real.train.rowCount > 0, synthetic.rowCount > 0 else {
      return .notApplicable(reason: "a table has no rows")
    }
    let coded = parallelMap(columns.count) { SharedCodes(columns[$0], bins: bins)?.keeping(levels) }
    let usable = columns.indices.compactMap { index in coded[index].map { (name: columns[index].name, codes: $0) } }
    guard usable.count >= 3 else {
      return .notApplicable(
        reason: "three columns with values that can be compared are needed; there are \(usable.count)")
    }
    let triples = Triple.all(of: usable.count, atMost: mostTriples, using: &random)
    let similarities = parallelMap(triples.count) { place in
      let (a, b, c) = triples[place].indices
      return Self.similarity(usable[a].codes, usable[b].codes, usable[c].codes)
    }
    var (sums, counts) = (Array(repeating: 0.0, count: usable.count), Array(repeating: 0.0, count: usable.count))
    for (triple, similarity) in zip(triples, similarities) {
      for index in [triple.indices.0, triple.indices.1, triple.indices.2] {
        sums[index] += similarity
        counts[index] += 1
      }
    }
    var details = ["triples": Double(triples.count)]
    for index in usable.indices where counts[index] > 0 { details[usable[index].name] = sums[index] / counts[index] }
    return .value(similarities.reduce(0, +) / Double(similarities.count), details: details)
  }

  private static func similarity(_ a: SharedCodes, _ b: SharedCodes, _ c: SharedCodes) -> Double {
    let size = a.cardinality * b.cardinality * c.cardinality
    func counts(_ first: [UInt32], _ second: [UInt32], _ third: [UInt32]) -> [Int] {
      var counts = Array(repeating: 0, count: size)
      counts.withUnsafeMutableBufferPointer { counts in
        for row in first.indices {
          counts[(Int(first[row]) * b.cardinality + Int(second[row])) * c.cardinality + Int(third[row])] += 1
        }
      }
      return counts
    }
    return 1 - totalVariation(counts(a.real, b.real, c.real), counts(a.synthetic, b.synthetic, c.synthetic))
  }
}

/// Three columns, ascending.
private struct Triple: Hashable {
  let first: Int, second: Int, third: Int

  var indices: (Int, Int, Int) { (first, second, third) }

  /// All of `count` columns, or `most` that are drawn at random.
  static func all(of count: Int, atMost most: Int, using random: inout RandomSource) -> [Triple] {
    let (product, overflows) = (count * (count - 1)).multipliedReportingOverflow(by: count - 2)
    guard overflows || product / 6 > most else {
      return (0..<count).flatMap { a in
        (a + 1..<count).flatMap { b in (b + 1..<count).map { Triple(first: a, second: b, third: $0) } }
      }
    }
    var drawn: [Triple] = []
    var seen: Set<Triple> = []
    while drawn.count < most {
      let three = (0..<3).map { _ in random.index(below: count) }.sorted()
      guard three[0] < three[1], three[1] < three[2] else { continue }
      let triple = Triple(first: three[0], second: three[1], third: three[2])
      if seen.insert(triple).inserted { drawn.append(triple) }
    }
    return drawn
  }
}

extension SharedCodes {
  /// The real column's most frequent codes, of equally frequent ones the first; the others are one, unless that is a single
  /// one. Codes that occur in neither column are dropped. Missing is the last.
  fileprivate func keeping(_ most: Int) -> SharedCodes {
    let counts = Self.counts(of: real, cardinality: cardinality).dropLast()
    let others = Self.counts(of: synthetic, cardinality: cardinality)
    let order = counts.indices.filter { counts[$0] + others[$0] > 0 }
      .sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1 }
    var map = Array(repeating: UInt32(min(order.count, most + 1)), count: cardinality)
    for (place, code) in order.enumerated() { map[code] = UInt32(min(place, most)) }
    return SharedCodes(
      cardinality: min(order.count, most + 1) + 1, real: real.map { map[Int($0)] },
      synthetic: synthetic.map { map[Int($0)] })
  }
}
