import MynahRandomness
import MynahStatistics
import MynahTables

/// The share of synthetic rows that are not mere copies: a row is authentic where it is farther from the training row nearest
/// to it than that training row is from its own nearest other one.
///
/// In [0, 1], 1 is best. Fresh real rows reach about one half, and less where real rows occur more than once: those are 0
/// apart, and a synthetic row that equals them is no farther. Numbers are measured in the real column's deviations, levels that
/// differ are 1 apart. Details: `rows.real` and `rows.synthetic`, the rows used.
///
/// A copy shows only where the row it is a copy of takes part: training rows are left out only beyond 50,000, and then as many
/// copies, in proportion, pass for authentic.
///
/// Alaa, van Breugel, Saveliev and van der Schaar, "How faithful is your synthetic data?" (2022), here in the rows' own space
/// instead of a learned one.
public struct Authenticity: Metric, Equatable {
  public static var identifier: String { "authenticity" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "Authenticity" }
  public static var meaning: String {
    "Which share of the synthetic rows is not closer to a training row than real rows are to each other."
  }
  public var goal: Goal { .maximize }
  public var bounds: ClosedRange<Double> { 0...1 }

  /// Of a longer synthetic table, so many rows are drawn at random; in 2...1,000,000,000.
  public var mostRows = 10_000

  private static let mostRealRows = 50_000

  public init() {}

  public init(mostRows: Int = 10_000) { self.mostRows = mostRows }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(mostRows: try values.decodeIfPresent(Int.self, forKey: .mostRows) ?? 10_000)
  }

  public func validate() throws(MetricError) { try require(mostRows, "mostRows", in: pairedRowLimits) }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let space = try RowSpace(
        synthetic, against: real.train, mostRows: mostRows, mostRealRows: Self.mostRealRows, using: &random)
      let search = NearestNeighbors(space.real)
      let nearest = search.neighbors(of: space.synthetic, k: 1)
      let asked = Set(nearest.indices.map(Int.init)).sorted()
      let apart = search.neighbors(ofRows: asked, k: 1)
      let gaps = Dictionary(uniqueKeysWithValues: zip(asked, apart.distances))
      let authentic = zip(nearest.indices, nearest.distances).count { index, distance in
        distance > gaps[Int(index), default: 0]
      }
      let share = Double(authentic) / Double(space.synthetic.count)
      var details = space.rowCounts
      if space.isSampled { details.addSamplingError(standardError(ofShare: share, rows: space.synthetic.count)) }
      return .value(share, details: details)
    }
  }
}
