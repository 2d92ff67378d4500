import MynahRandomness
import MynahStatistics
import MynahTables

/// Whether all kinds of real rows occur among the synthetic ones. A real row is covered where its nearest synthetic row is no
/// farther than its nearest other real row. With the ball around the synthetic rows' centre that holds a share β of them, and
/// the share R(β) of real rows that a synthetic row of that ball covers,
///
///     1 − Σ |R(β) − β| / Σ β    over β = 0, 1/29, …, 1
///
/// In [0, 1], 1 is best; fresh real rows do not reach it, since about half of them are nearer to a row than its real
/// neighbour is. Where synthetic rows are equally far, the share that the ball holds takes the place of β. Numbers are
/// measured in the real column's deviations, levels that differ are 1 apart. Details: `recall`, the share of real rows that
/// are covered at all, and `rows.real` and `rows.synthetic`, the rows used.
///
/// Alaa, van Breugel, Saveliev and van der Schaar, "How faithful is your synthetic data?" (2022), here in the rows' own space
/// instead of a learned one, and with the nearest synthetic row of all.
public struct BetaRecall: Metric, Equatable {
  public static var identifier: String { "beta-recall" }
  public static var family: MetricFamily { .fidelity }
  public static var title: String { "Beta-recall" }
  public static var meaning: String {
    "Whether all kinds of real rows have their like among the synthetic ones."
  }
  public var goal: Goal { .maximize }
  public var bounds: ClosedRange<Double> { 0...1 }

  /// Of a table with more rows, so many are drawn at random; in 2...1,000,000,000.
  public var mostRows = 10_000

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
      let space = try RowSpace(synthetic, against: real.train, mostRows: mostRows, using: &random)
      let toReal = NearestNeighbors(space.real).neighbors(ofRows: Array(0..<space.real.count), k: 1)
      let toSynthetic = NearestNeighbors(space.synthetic).neighbors(of: space.real, k: 1)
      let centred = RowCentre(of: space.synthetic).distances(of: space.synthetic)
      let curve = SupportCurve(centred)
      let ofNearest = toSynthetic.indices.map { centred[Int($0)] }
      let isCovered = zip(toSynthetic.distances, toReal.distances).map { $0 <= $1 }
      let found = curve.shares(of: ofNearest, count: space.real.count) { isCovered[$0] }
      var details = space.rowCounts
      if space.isSampled { details.addSamplingError(SupportCurve.standardError(rows: space.real.count)) }
      details["recall"] = Double(isCovered.count { $0 }) / Double(isCovered.count)
      return .value(
        SupportCurve.agreement(found, curve.shares(of: centred, count: centred.count)), details: details)
    }
  }
}
