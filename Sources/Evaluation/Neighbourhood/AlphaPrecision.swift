import MynahRandomness
import MynahStatistics
import MynahTables

/// Whether synthetic rows lie where real ones are typical. With the ball around the real rows' centre that holds a share α of
/// them, and the share P(α) of synthetic rows in it,
///
///     1 − Σ |P(α) − α| / Σ α    over α = 0, 1/29, …, 1
///
/// In [0, 1], 1 is best: as many synthetic rows are typical, and as many are odd, as of the real ones. Where real rows are
/// equally far, so that the ball holds more than α of them, that share takes the place of α. Numbers are measured in the real
/// column's deviations, levels that differ are 1 apart. Details: `precision`, the share of synthetic rows in the ball that
/// holds all real ones, and `rows.real` and `rows.synthetic`, the rows used.
///
/// Alaa, van Breugel, Saveliev and van der Schaar, "How faithful is your synthetic data?" (2022), here in the rows' own space
/// instead of a learned one.
public struct AlphaPrecision: Metric, Equatable {
  public static var identifier: String { "alpha-precision" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Alpha-precision" }
  public static var meaning: String {
    "Whether synthetic rows lie where real ones are typical."
  }
  public var goal: Goal { .maximize }
  public var bounds: ClosedRange<Double> { 0...1 }

  /// Of a table with more rows, so many are drawn at random; in 2...1,000,000,000.
  public var mostRows = 20_000

  public init() {}

  public init(mostRows: Int = 20_000) { self.mostRows = mostRows }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(mostRows: try values.decodeIfPresent(Int.self, forKey: .mostRows) ?? 20_000)
  }

  public func validate() throws(MetricError) { try require(mostRows, "mostRows", in: pairedRowLimits) }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let space = try RowSpace(synthetic, against: real.train, mostRows: mostRows, using: &random)
      let centre = RowCentre(of: space.real)
      let (own, other) = (centre.distances(of: space.real), centre.distances(of: space.synthetic))
      let curve = SupportCurve(own)
      let found = curve.shares(of: other, count: other.count)
      var details = space.rowCounts
      details["precision"] = found.last
      if space.isSampled { details.addSamplingError(SupportCurve.standardError(rows: space.synthetic.count)) }
      return .value(
        SupportCurve.agreement(found, curve.shares(of: own, count: own.count)), details: details)
    }
  }
}
