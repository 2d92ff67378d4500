import MynahRandomness
import MynahStatistics
import MynahTables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How well an attacker who has only the synthetic table tells the rows it was learned from: the greater area under the ROC
/// curve of two attacks. Training rows are the members; the others are half of the holdout's rows.
///
/// - `distance`: a row is suspect the nearer its nearest synthetic row is: −d_S.
/// - `density-ratio`: a row is suspect where the synthetic rows are denser than people are, as in DOMIAS:
///   log d_R − log d_S, with d_R the distance to the nearest row of the holdout's other half. A nearest-neighbour estimate of
///   the density is proportional to d^(−dimensions), so the order is that of the two densities' ratio.
///
/// In [0, 1]; 1/2 is chance, and 1 the worst. The details hold for each attack the area with its 95 % interval (DeLong) and the
/// share of members that are found at 1 % and 0.1 % false positives with Wilson's; where there are too few others to speak of
/// such a rate, it is absent.
///
/// Reference: B. van Breugel et al., "Membership inference attacks against synthetic data through overfitting detection",
/// AISTATS 2023; N. Carlini et al., "Membership inference attacks from first principles", 2022, for the rates.
public struct MembershipInference: ExhibitingMetric, Equatable {
  public static var identifier: String { "membership-inference" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "Membership inference" }
  public static var meaning: String {
    "How well an attacker tells who was in the training table: ½ is chance."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }
  /// So many members, and so many others, at most are attacked, in 2...1,000,000,000; each is compared with all synthetic rows.
  public var sample: Int

  public init() { self.init(sample: 20_000) }

  public init(sample: Int) { self.sample = sample }

  public func validate() throws(MetricError) { try require(sample, "sample", in: pairedRowLimits) }

  public func exhibited(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> (score: Score, exhibits: [Exhibit]) {
    try exhibitedIfApplicable {
      let tables = try PrivacyTables(synthetic, real, needsHoldout: true)
      guard tables.holdoutRows >= 4, tables.trainRows >= 2 else {
        throw Inapplicable("two training rows and four rows of the holdout are needed")
      }
      let space = GowerSpace(tables)
      let order = random.permutation(tables.holdoutRows)
      let half = tables.holdoutRows / 2
      let others = space.points(of: .holdout, rows: order.prefix(half).prefix(max(2, sample)).sorted())
      let reference = space.points(of: .holdout, rows: order.dropFirst(half).sorted())
      let members = space.points(
        of: .train, rows: sampledRows(tables.trainRows, most: max(2, sample), using: &random))

      var details = ["others": Double(others.count), "reference-rows": Double(reference.count)]
      details.addSampling("members", members.count, of: tables.trainRows)
      let searches = [GowerNeighbors(space.synthetic), GowerNeighbors(reference)]
      let ofMembers = searches.map { $0.neighbors(of: members, k: 1).distances }
      let ofOthers = searches.map { $0.neighbors(of: others, k: 1).distances }
      func ratios(_ distances: [[Double]]) -> [Double] {
        // A distance of nothing, to the last bits, is finite in the logarithm, and two of them are equal.
        zip(distances[0], distances[1]).map { log($1 + 1e-9) - log($0 + 1e-9) }
      }
      let attacks = [
        "distance": RankedAttack(members: ofMembers[0].map { -$0 }, others: ofOthers[0].map { -$0 }),
        "density-ratio": RankedAttack(members: ratios(ofMembers), others: ratios(ofOthers)),
      ]
      for (name, attack) in attacks {
        details["\(name)-area"] = attack.area
        details["\(name)-area-low"] = attack.interval.lowerBound
        details["\(name)-area-high"] = attack.interval.upperBound
        for (title, rate) in [("1%", 0.01), ("0.1%", 0.001)] {
          guard let found = attack.recall(atFalsePositiveRate: rate) else { continue }
          details["\(name)-found-at-\(title)"] = found.rate
          details["\(name)-found-at-\(title)-low"] = found.low
          details["\(name)-found-at-\(title)-high"] = found.high
        }
      }
      let curves = CurveExhibit(
        title: "Membership attacks",
        note:
          "How many training rows an attacker finds (true positives) for how many others that are taken for one. An "
          + "attacker who knows nothing follows the diagonal.",
        lines: attacks.sorted { $0.key < $1.key }.map { CurveExhibit.Line($0.key, $0.value.curve) },
        prevalence: Double(members.count) / Double(members.count + others.count))
      return (.value(attacks.values.map(\.area).max() ?? 0.5, details: details), [.curves(curves)])
    }
  }
}
