import MynahRandomness
import MynahStatistics
import MynahTables

/// What the synthetic table tells of a person's secret to somebody who knows some of the person's columns: the correct
/// attribution probability, in excess of what it tells of anybody.
///
/// Of a person, all synthetic rows with the same known values are looked up; the attribution is the share of them that has the
/// person's secret value. Numbers are cut into ten groups at the training table's quantiles. The mean over the training rows
/// that are found is `main`, over the holdout's `control`, and with the secret's share in the whole synthetic table `baseline`;
/// the score is (main − control) / (1 − control), not below 0. In [0, 1], 0 is best: what a table says of people in
/// general is its use, not a leak.
///
/// Reference: J. Taub et al., "Differential correct attribution probability for synthetic data", PSD 2018.
public struct AttributeDisclosure: Metric, Equatable {
  public static var identifier: String { "attribute-disclosure" }
  public static var family: MetricFamily { .privacy }
  public static var title: String { "Attribute disclosure" }
  public static var meaning: String {
    "What the table tells of a secret to who knows some columns, beyond what is true of anybody."
  }
  public var goal: Goal { .minimize }
  public var bounds: ClosedRange<Double> { 0...1 }
  /// Columns that are known, at least one and none twice; the categorical and boolean ones unless given.
  public var known: [String]?
  /// None of the known; the target, or else the last column, unless given.
  public var secret: String?

  public init() { self.init(known: nil) }

  public init(known: [String]?, secret: String? = nil) {
    self.known = known
    self.secret = secret
  }

  public func validate() throws(MetricError) {
    try requireColumns(known, "known")
    try requireSecret(secret, apartFrom: known)
  }

  public func score(
    _ synthetic: Table, against real: RealData, using random: inout RandomSource
  ) throws -> Score {
    try scoreIfApplicable {
      let tables = try PrivacyTables(synthetic, real, needsHoldout: true)
      let name = try secret ?? tables.defaultSecret(real)
      let people = try QuasiIdentifiers(tables, names: known, secret: name)
      guard Set(people.secrets[people.train]).count > 1 else {
        throw Inapplicable("column '\(name)' has one value in the real table: there is nothing to disclose")
      }
      let sizes = people.sizes(people.synthetic)
      let joint = people.joint(people.synthetic)
      var overall: [Int32: Double] = [:]
      for row in people.synthetic { overall[people.secrets[row], default: 0] += 1 / Double(people.synthetic.count) }
      func attribution(_ range: Range<Int>) -> (sum: Double, lucky: Double, found: Double) {
        var result = (sum: 0.0, lucky: 0.0, found: 0.0)
        for row in range {
          let size = sizes[Int(people.classes[row])]
          guard size > 0 else { continue }
          result.sum += Double(joint[people.cell(row), default: 0]) / Double(size)
          result.lucky += overall[people.secrets[row], default: 0]
          result.found += 1
        }
        return result
      }
      let (main, control) = (attribution(people.train), attribution(people.holdout))
      guard main.found > 0, control.found > 0 else {
        throw Inapplicable("no synthetic row has the known values of a person")
      }
      let rates = AttackRates(
        main: WilsonInterval(successes: min(main.sum, main.found), of: main.found),
        control: WilsonInterval(successes: min(control.sum, control.found), of: control.found),
        baseline: WilsonInterval(successes: min(main.lucky, main.found), of: main.found))
      var details = rates.details("")
      details["found"] = main.found
      details["holdout-found"] = control.found
      return .value(rates.risk, details: details)
    }
  }
}

extension PrivacyTables {
  /// The target where it is compared, else the last column.
  func defaultSecret(_ real: RealData) throws(Inapplicable) -> String {
    if let target = real.target, names.contains(target) { return target }
    guard let last = names.last else { throw Inapplicable("no column can be compared") }
    return last
  }
}
