import MynahRandomness
import MynahTables

/// The share of synthetic rows that point at few people: whose quasi-identifiers at least one and fewer than `k` training rows
/// have.
///
/// In [0, 1], 0 is best. Numbers are cut into ten groups at the training table's quantiles. Rows of the holdout point at few
/// people by chance: their share and the excess over it, (share − chance) / (1 − chance), are in the details, as are
/// `synthetic-k` and `train-k`, the rows of the smallest class of either table: what the table's own k-anonymity is.
///
/// Reference: L. Sweeney, "k-anonymity: a model for protecting privacy", 2002.
public struct KAnonymity: RowFindingMetric, Equatable {
  public static var identifier: String { "k-anonymity" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "k-anonymity" }
  public static var meaning: String {
    "Which share of the synthetic rows points at fewer than k training rows."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }
  /// The quasi-identifiers, at least one and none twice; the categorical and boolean columns other than the target
  /// unless given.
  public var known: [String]?
  /// In 2...1,000,000.
  public var k: Int

  public init() { self.init(known: nil) }

  public init(known: [String]?, k: Int = 5) {
    self.known = known
    self.k = k
  }

  public func validate() throws(MetricError) {
    try requireColumns(known, "known")
    try require(k, "k", in: 2...1_000_000)
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let tables = try PrivacyTables(synthetic, real)
      let people = try people(tables, real)
      let sizes = people.sizes(people.train)
      func share(_ range: Range<Int>) -> Double {
        let few = range.reduce(0) { sum, row in
          let size = sizes[Int(people.classes[row])]
          return sum + (size > 0 && size < max(2, k) ? 1 : 0)
        }
        return Double(few) / Double(range.count)
      }
      let found = share(people.synthetic)
      func least(_ sizes: [Int]) -> Double { Double(sizes.lazy.filter { $0 > 0 }.min() ?? 0) }
      var details = [
        "synthetic-k": least(people.sizes(people.synthetic)), "train-k": least(sizes), "k": Double(k),
        "rows": Double(people.synthetic.count),
      ]
      if !people.holdout.isEmpty { details.addChance(share(people.holdout), found) }
      return .value(found, details: details)
    }
  }

  /// Every row that points at few people, the fewest first.
  public func findings(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> [RowFinding] {
    try findingsIfApplicable {
      let people = try people(try PrivacyTables(synthetic, real), real)
      let sizes = people.sizes(people.train)
      let small = people.synthetic.map { ($0, sizes[Int(people.classes[$0])]) }.filter { $1 > 0 && $1 < max(2, k) }
      return small.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map { row, size in
        RowFinding(
          row: row - people.synthetic.lowerBound,
          reason: "\(size) training row\(size == 1 ? " has" : "s have") these quasi-identifiers")
      }
    }
  }

  private func people(_ tables: PrivacyTables, _ real: RealData) throws(Inapplicable) -> QuasiIdentifiers {
    let target = known == nil ? real.target.flatMap { tables.names.contains($0) ? $0 : nil } : nil
    return try QuasiIdentifiers(tables, names: known, secret: target)
  }
}
