import MynahRandomness
import MynahTables

/// The share of training rows whose secret the synthetic table narrows down to fewer than `l` values: among the synthetic rows
/// with the same quasi-identifiers there are fewer than `l` different ones, and the person's is one of them.
///
/// In [0, 1], 0 is best; with the default of l = 2 these are the people for whom a unanimous table is right. Numbers are cut
/// into ten groups at the training table's quantiles. The same share of the holdout's rows, which is chance, and the excess
/// over it, (share − chance) / (1 − chance), are in the details, as is `synthetic-l`: the fewest values of any class of the
/// synthetic table.
///
/// References: A. Machanavajjhala et al., "l-diversity: privacy beyond k-anonymity", 2007; G. Raab et al., "Practical privacy
/// metrics for synthetic data", 2024, for the case of l = 2 (DiSCO).
public struct LDiversity: Metric, Equatable {
  public static var identifier: String { "l-diversity" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "l-diversity" }
  public static var meaning: String {
    "Which share of the training rows has its secret given away by the rows of its group."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }
  /// The quasi-identifiers, at least one and none twice; the categorical and boolean columns other than the secret
  /// unless given.
  public var known: [String]?
  /// None of the known; the target, or else the last column, unless given.
  public var secret: String?
  /// In 2...1,000,000.
  public var l: Int

  public init() { self.init(known: nil) }

  public init(known: [String]?, secret: String? = nil, l: Int = 2) {
    self.known = known
    self.secret = secret
    self.l = l
  }

  public func validate() throws(MetricError) {
    try requireColumns(known, "known")
    try requireSecret(secret, apartFrom: known)
    try require(l, "l", in: 2...1_000_000)
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let tables = try PrivacyTables(synthetic, real)
      let people = try QuasiIdentifiers(tables, names: known, secret: secret ?? tables.defaultSecret(real))
      let joint = people.joint(people.synthetic)
      var values = [Int](repeating: 0, count: people.classCount)
      for cell in joint.keys { values[cell / (people.secretCount + 1)] += 1 }
      func share(_ range: Range<Int>) -> Double {
        let few = range.reduce(0) { sum, row in
          let isNarrow = values[Int(people.classes[row])] < max(2, l) && joint[people.cell(row)] != nil
          return sum + (isNarrow ? 1 : 0)
        }
        return Double(few) / Double(range.count)
      }
      let found = share(people.train)
      var details = [
        "synthetic-l": Double(values.lazy.filter { $0 > 0 }.min() ?? 0), "l": Double(l),
        "rows": Double(people.train.count),
      ]
      if !people.holdout.isEmpty { details.addChance(share(people.holdout), found) }
      return .value(found, details: details)
    }
  }
}
