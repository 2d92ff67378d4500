/// Whether a privacy metric shows that a synthetic table gives somebody away: decided by its interval, p-value or the noise of
/// the rates it compares, not by the bare figure.
struct PrivacySign: Equatable {
  enum Outcome: Equatable {
    /// More than chance.
    case found
    /// No more than chance; that is no proof of anything.
    case notFound
    /// There is nothing to compare with, or no figure.
    case unknown(String)
  }

  var metric: String
  var outcome: Outcome
  /// The figure beside what it is compared with, for a sentence; empty where there is none.
  var evidence = ""

  /// Attacks on single persons, by identifier: what a sentence calls them.
  static let attacks: [(metric: String, name: String)] = [
    ("membership-inference", "membership inference"), ("singling-out", "singling out"), ("linkability", "linkability"),
    ("inference", "inference of secrets"), ("attribute-disclosure", "attribute disclosure"),
  ]

  /// Nil for metrics that have neither an interval nor a rate of unseen rows: nothing is decided by them.
  ///
  /// - Parameters:
  ///   - metric: its identifier.
  ///   - score: what it found.
  ///   - holdoutRows: how many unseen rows there were; nil where that is not known.
  init?(metric: String, score: MetricScore, holdoutRows: Int?) {
    self.metric = metric
    guard let value = score.value else {
      guard Self.deciding.contains(metric) else { return nil }
      outcome = .unknown(score.reason ?? "there is no figure")
      return
    }
    let details = score.details ?? [:]
    switch metric {
    case "membership-inference": (outcome, evidence) = Self.areas(details)
    case "closest-record": (outcome, evidence) = Self.share(value, details)
    case "singling-out", "linkability", "inference", "attribute-disclosure":
      (outcome, evidence) = Self.risk(value, details)
    case "copies", "near-copies", "k-anonymity", "l-diversity", "rare-combinations":
      (outcome, evidence) = Self.excess(metric, value, details, holdoutRows)
    default: return nil
    }
  }

  private static let deciding: Set<String> = Set(attacks.map(\.metric)).union([
    "closest-record", "copies", "near-copies", "k-anonymity", "l-diversity", "rare-combinations",
  ])

  /// An attack does better than a coin where its area's interval lies above ½.
  private static func areas(_ details: [String: Double]) -> (Outcome, String) {
    let attacks = details.compactMap { name, area -> (name: String, area: Double, low: Double, high: Double)? in
      guard name.hasSuffix("-area"), let low = details["\(name)-low"], let high = details["\(name)-high"] else {
        return nil
      }
      return (name, area, low, high)
    }.sorted { ($0.low, $0.name) > ($1.low, $1.name) }
    guard let surest = attacks.first else { return (.unknown("there is no interval"), "") }
    let interval = "\(Figures.fixed(surest.low, 3)) to \(Figures.fixed(surest.high, 3))"
    return (
      surest.low > 0.5 ? .found : .notFound,
      "area \(Figures.fixed(surest.area, 3)), 95 % interval \(interval), where ½ is chance"
    )
  }

  /// Twice unlikely: outside the interval and by the test.
  private static func share(_ value: Double, _ details: [String: Double]) -> (Outcome, String) {
    guard let low = details["share-low"], let high = details["share-high"], let p = details["p-value"] else {
      return (.unknown("there is no interval"), "")
    }
    let interval = "\(Figures.percent(low)) to \(Figures.percent(high))"
    return (
      low > 0.5 && p < significance ? .found : .notFound,
      "\(Figures.percent(value)) are nearer to a training row, 95 % interval \(interval), where half is chance"
    )
  }

  private static func risk(_ value: Double, _ details: [String: Double]) -> (Outcome, String) {
    guard let low = details["risk-low"], let high = details["risk-high"], let p = details["p-value"] else {
      return (.unknown("there is no interval"), "")
    }
    var evidence = "risk \(Figures.fixed(value, 3))"
    if low <= value, value <= high {
      evidence += ", 95 % interval \(Figures.fixed(low, 3)) to \(Figures.fixed(high, 3))"
    }
    if let main = details["main"], let control = details["control"] {
      evidence += "; right for \(Figures.percent(main)) of the training rows, \(Figures.percent(control)) of others"
    }
    return (value > 0 && low > 0 && p < significance ? .found : .notFound, evidence)
  }

  /// Rates of synthetic and unseen rows that are too far apart for chance.
  private static func excess(
    _ metric: String, _ value: Double, _ details: [String: Double], _ holdoutRows: Int?
  ) -> (Outcome, String) {
    let count = details[metric == "rare-combinations" ? "rare" : "rows"] ?? 0
    let share = "\(Figures.percent(value, digits: value < 0.001 && value > 0 ? 3 : 1))"
    guard let chance = details["holdout-share"] else {
      // Without unseen rows a copy may be chance, but nobody can say so.
      return value == 0 ? (.notFound, share) : (.unknown("there are no unseen rows to say what chance is"), share)
    }
    let isOfHoldout = metric != "rare-combinations"
    let others = isOfHoldout ? holdoutRows.map(Double.init) ?? count : count
    guard count > 0, others > 0 else { return (.unknown("there are no rows to compare"), share) }
    let pooled = (value * count + chance * others) / (count + others)
    let error = (pooled * (1 - pooled) * (1 / count + 1 / others)).squareRoot()
    return (
      value - chance > quantile * error && value > chance ? .found : .notFound,
      "\(share), of unseen rows \(Figures.percent(chance, digits: chance < 0.001 && chance > 0 ? 3 : 1))"
    )
  }

  private static let significance = 0.01
  /// Of the standard normal distribution, for that.
  private static let quantile = 2.3263
}
