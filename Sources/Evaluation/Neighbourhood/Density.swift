import MynahRandomness
import MynahTables

/// How densely synthetic rows lie where real rows do: with the balls around real rows that reach to the k-th nearest other
/// real row,
///
///     1 / (k · synthetic rows) · Σ over synthetic rows of the balls it is in
///
/// at most 1, 1 is best: rows of the same source reach about 1 (the details hold `density` as it is, which may be above: rows
/// that keep to the densest places). Numbers are measured in the real column's deviations, levels that differ are 1 apart; a
/// row at the edge of a ball is in it, since rows of a table are often equally far. Further details: `rows.real` and
/// `rows.synthetic`, the rows used.
///
/// Naeem, Oh, Uh, Choi and Yoo, "Reliable fidelity and diversity metrics for generative models" (2020).
public struct Density: Metric, Equatable {
  public static var identifier: String { "density" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Density" }
  public static var meaning: String {
    "How many synthetic rows lie where real rows are dense."
  }
  public var goal: Goal { .maximize }
  public var bounds: ClosedRange<Double> { 0...1 }

  /// Which neighbour the balls reach to; in 1...1000.
  public var k = 5
  /// Of a table with more rows, so many are drawn at random; in 2...1,000,000,000.
  public var mostRows = 10_000

  public init() {}

  public init(k: Int = 5, mostRows: Int = 10_000) { (self.k, self.mostRows) = (k, mostRows) }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      k: try values.decodeIfPresent(Int.self, forKey: .k) ?? 5,
      mostRows: try values.decodeIfPresent(Int.self, forKey: .mostRows) ?? 10_000)
  }

  public func validate() throws(MetricError) {
    try require(k, "k", in: 1...1000)
    try require(mostRows, "mostRows", in: pairedRowLimits)
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let space = try RowSpace(synthetic, against: real.train, mostRows: mostRows, using: &random)
      let hits = try NeighbourhoodBalls(space, k: k).hits
      let most = Double(k) * Double(space.synthetic.count)
      let density = hits.reduce(0, +) / most
      var details = space.rowCounts
      details["density"] = density
      if space.isSampled {
        // Of the score, which ends at 1 where the density does not.
        let reach = 1.96 * standardError(ofMean: hits) * Double(hits.count) / most
        details["sampling-error"] = (min(1, density + reach) - min(1, max(0, density - reach))) / 2
      }
      return .value(min(1, density), details: details)
    }
  }
}

/// The share of real rows near which there is a synthetic one: in the ball around the real row that reaches to its k-th
/// nearest other real row.
///
/// In [0, 1], 1 is best. Numbers are measured in the real column's deviations, levels that differ are 1 apart; a row at the
/// edge of a ball is in it. Details: `rows.real` and `rows.synthetic`, the rows used.
///
/// Naeem, Oh, Uh, Choi and Yoo, "Reliable fidelity and diversity metrics for generative models" (2020).
public struct NeighbourhoodCoverage: Metric, Equatable {
  public static var identifier: String { "coverage-prdc" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Neighbourhood coverage" }
  public static var meaning: String {
    "Which share of the real rows has a synthetic row in its neighbourhood."
  }
  public var goal: Goal { .maximize }
  public var bounds: ClosedRange<Double> { 0...1 }

  /// Which neighbour the balls reach to; in 1...1000.
  public var k = 5
  /// Of a table with more rows, so many are drawn at random; in 2...1,000,000,000.
  public var mostRows = 10_000

  public init() {}

  public init(k: Int = 5, mostRows: Int = 10_000) { (self.k, self.mostRows) = (k, mostRows) }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      k: try values.decodeIfPresent(Int.self, forKey: .k) ?? 5,
      mostRows: try values.decodeIfPresent(Int.self, forKey: .mostRows) ?? 10_000)
  }

  public func validate() throws(MetricError) {
    try require(k, "k", in: 1...1000)
    try require(mostRows, "mostRows", in: pairedRowLimits)
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let space = try RowSpace(synthetic, against: real.train, mostRows: mostRows, using: &random)
      let share = Double(try NeighbourhoodBalls(space, k: k).covered) / Double(space.real.count)
      var details = space.rowCounts
      if space.isSampled { details.addSamplingError(standardError(ofShare: share, rows: space.real.count)) }
      return .value(share, details: details)
    }
  }
}
