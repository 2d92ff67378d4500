import MynahStatistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether what a metric of privacy measured is more than what chance does to a table that has copied nobody.
///
/// Bare figures do not tell: one row in a thousand is a copy by chance in a table of few levels. What tells is how training
/// rows fare against unseen ones, with the noise of as many rows as were looked at.
enum PrivacySign: Equatable {
  /// Nothing that chance would not do.
  case absent
  /// The figures of what shows.
  case present(String)
  /// Something is there, but nothing to compare it with.
  case undecided
  /// Why there is no figure.
  case unmeasured(String)

  /// The chance of a false alarm of each test: of the ten of a report together it is about 0.01.
  static let level = 0.001
  /// The upper quantile of the standard normal distribution for `level`, in units of the one for 95 % intervals.
  private static let reach = 3.0902 / 1.96

  /// The chance that one share is so far above another, were both of one rate: Fisher's exact test, one-sided, and where both
  /// together are more than a thousand its normal approximation.
  ///
  /// - Parameters:
  ///   - share: of `count` rows.
  ///   - count: above 0, or there is nothing to tell.
  ///   - control: of `controlCount` others.
  ///   - controlCount: as `count`.
  static func chance(of share: Double, in count: Double, over control: Double, in controlCount: Double) -> Double {
    guard share > control, count > 0, controlCount > 0 else { return 1 }
    let (found, others) = ((share * count).rounded(), (control * controlCount).rounded())
    if found + others <= 1000 { return fisher(found, of: count, others, of: controlCount) }
    let pooled = (share * count + control * controlCount) / (count + controlCount)
    let variance = pooled * (1 - pooled) * (1 / count + 1 / controlCount)
    return variance > 0 ? StandardNormal.cumulative(-(share - control) / variance.squareRoot()) : 1
  }

  /// P(at least `found` of `found + others` are among `count` of `count + controlCount` rows).
  private static func fisher(_ found: Double, of count: Double, _ others: Double, of controlCount: Double) -> Double {
    func logChoose(_ n: Double, _ k: Double) -> Double { logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) }
    let total = found + others
    let all = logChoose(count + controlCount, total)
    var sum = 0.0
    for hits in stride(from: found, through: min(total, count), by: 1) where total - hits <= controlCount {
      sum += exp(logChoose(count, hits) + logChoose(controlCount, total - hits) - all)
    }
    return min(1, sum)
  }

  /// - Parameters:
  ///   - name: of the metric.
  ///   - score: what it says.
  ///   - holdoutRows: of the unseen table; as many as were looked at of the synthetic one where that is not known.
  /// - Returns: nil for a metric whose figures cannot be judged, having no measure of their noise.
  static func of(_ name: String, _ score: MetricScore, holdoutRows: Int?) -> PrivacySign? {
    guard let value = score.value else {
      // Most tables have no identifiers: that there is nothing to repeat is no gap.
      return name == "identifier-reuse" ? nil : .unmeasured(score.reason ?? "it has no figure")
    }
    switch name {
    case "identifier-reuse" where value > 0 && score.details?["holdout-share"] == nil:
      // Names of records seldom agree by chance, so that silence would mislead.
      return .present("\(Figures.percent(value, digits: 2)), with no unseen rows to tell what chance makes")
    case "copies", "near-copies", "k-anonymity", "l-diversity", "rare-combinations", "identifier-reuse":
      return excess(name, score, holdoutRows)
    case "closest-record": return closeness(score)
    case "membership-inference": return membership(score)
    case "singling-out", "linkability", "inference", "attribute-disclosure": return residual(score)
    default: return nil
    }
  }

  private static func excess(_ name: String, _ score: MetricScore, _ holdoutRows: Int?) -> PrivacySign? {
    guard let value = score.value, let details = score.details else { return nil }
    // Of a longer table chance repeats more.
    let share = details["matched-share"] ?? value
    if share == 0 { return .absent }
    if name == "copies", let sign = copying(share, details, holdoutRows) { return sign }
    // A row has rare combinations in many sets of columns at once: together they are one observation.
    let isClustered = name == "rare-combinations"
    guard let looked = isClustered ? clusters(details) : details["rows"] else { return nil }
    guard let control = details["holdout-share"] else { return .undecided }
    let isSampled = isClustered || details["rows-sampled-from"] != nil
    let others = holdoutRows.map { isSampled ? min(looked, Double($0)) : Double($0) } ?? looked
    guard chance(of: share, in: looked, over: control, in: others) < level else { return .absent }
    return .present("\(Figures.percent(share, digits: 2)), by chance \(Figures.percent(control, digits: 2))")
  }

  /// Exact copies: what chance makes is known from training rows that equal each other, too, and there are many of those. Not
  /// so where the holdout itself repeats training rows.
  private static func copying(
    _ share: Double, _ details: [String: Double], _ holdoutRows: Int?
  ) -> PrivacySign? {
    guard let rows = details["rows"], let trainRows = details["train-rows"], let twins = details["train-duplicates"]
    else { return nil }
    let unseen = details["holdout-share"] == nil ? 0 : Double(holdoutRows ?? 0)
    let (control, others) =
      unseen > 0 && !isHoldoutSeen(details, holdoutRows)
      ? ((twins * trainRows + (details["holdout-share"] ?? 0) * unseen) / (trainRows + unseen), trainRows + unseen)
      : (twins, trainRows)
    guard chance(of: share, in: rows, over: control, in: others) < level else { return .absent }
    return .present("\(Figures.percent(share, digits: 2)), by chance \(Figures.percent(control, digits: 2))")
  }

  /// Whether more rows of the holdout are training rows than training rows are equal by chance, by the details of `Copies`.
  static func isHoldoutSeen(_ details: [String: Double], _ holdoutRows: Int?) -> Bool {
    guard let holdoutRows, let share = details["holdout-share"], let rows = details["train-rows"],
      let twins = details["train-duplicates"]
    else { return false }
    return chance(of: share, in: Double(holdoutRows), over: twins, in: rows) < level && share > 2 * twins
  }

  private static func clusters(_ details: [String: Double]) -> Double? {
    guard let rare = details["rare"], let sets = details["combinations"], sets > 0 else { return nil }
    return max(1, rare / sets)
  }

  private static func closeness(_ score: MetricScore) -> PrivacySign? {
    guard let share = score.value, let details = score.details, let chance = details["p-value"] else { return nil }
    guard chance < level, (details["share-low"] ?? 1) > 0.5 else { return .absent }
    return .present("\(Figures.percent(share)) of the rows, where chance is one half")
  }

  private static func membership(_ score: MetricScore) -> PrivacySign? {
    let details = score.details ?? [:]
    let known = ["distance", "density-ratio"].filter { details["\($0)-area-low"] != nil }
    guard !known.isEmpty else { return nil }
    func figure(_ attack: String, _ name: String) -> Double { details["\(attack)-\(name)"] ?? 0.5 }
    guard
      let surest = known.filter({ isAboveChance(figure($0, "area"), figure($0, "area-low")) }).max(by: {
        figure($0, "area-low") < figure($1, "area-low")
      })
    else { return .absent }
    let figures = ["area", "area-low", "area-high"].map { Figures.score(figure(surest, $0)) }
    return .present("AUC \(figures[0]), 95 % interval \(figures[1]) to \(figures[2]), where chance is 0.5")
  }

  /// Whether an area whose 95 % interval begins at `low` is above one half at `level`.
  private static func isAboveChance(_ area: Double, _ low: Double) -> Bool { area - (area - low) * reach > 0.5 }

  private static func residual(_ score: MetricScore) -> PrivacySign? {
    guard let details = score.details, let low = details["risk-low"], let chance = details["p-value"] else {
      return nil
    }
    guard let risk = score.value, risk > 0, low > 0, chance < level else { return .absent }
    let high = Figures.score(details["risk-high"] ?? risk)
    return .present("risk \(Figures.score(risk)), 95 % interval \(Figures.score(low)) to \(high)")
  }
}
