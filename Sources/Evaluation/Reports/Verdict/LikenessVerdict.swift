/// Whether the table looks like the real one and is of use, in sentences. Scores are held against what unseen real rows reach:
/// within `near` of them is good, within `far` mixed.
struct LikenessVerdict {
  private(set) var sentences: [VerdictSentence] = []

  static let near = 0.02
  static let far = 0.1
  /// Shapes below this are not called good.
  static let least = 0.9

  init(_ scores: [String: MetricScore]) {
    sentences = [
      Self.shapes(scores["shape"]), Self.missing(scores["missingness"]), Self.trends(scores["trend"]),
      Self.detection(scores["detection"]),
      Self.utility(scores["utility"]), Self.fairness(scores["fairness"]),
    ].compactMap(\.self)
  }

  private static func standing(gap: Double) -> VerdictSentence.Standing {
    gap <= near ? .good : gap <= far ? .mixed : .bad
  }

  private static func shapes(_ score: MetricScore?) -> VerdictSentence? {
    guard let value = score?.value else { return nil }
    // A ceiling of few unseen rows is low by chance: what lies far below 1 is not good whatever they reach.
    let gap = (score?.unseen ?? 1) - value
    let standing = value < least && gap <= near ? .mixed : standing(gap: gap)
    let claim =
      switch standing {
      case .good: "Its columns look like the real table's"
      case .mixed: "Its columns look much like the real table's"
      default: "Its columns do not look like the real table's"
      }
    var text = "\(claim): column shapes \(Figures.percent(value))"
    if let unseen = score?.unseen { text += ", unseen real rows reach \(Figures.percent(unseen))" }
    return VerdictSentence(standing, text + ".")
  }

  /// Said only where something is missing that should not be, or is not that should.
  private static func missing(_ score: MetricScore?) -> VerdictSentence? {
    guard let value = score?.value else { return nil }
    let standing = standing(gap: (score?.unseen ?? 1) - value)
    guard standing != .good else { return nil }
    let own: Set<String> = ["rates", "co-occurrence"]
    let worst = (score?.details ?? [:]).filter { !own.contains($0.key) && !$0.key.contains("|") }
      .min { ($0.value, $0.key) < ($1.value, $1.key) }
    let column = worst.map { $0.value < 0.9 ? ", above all in '\($0.key)'" : "" } ?? ""
    return VerdictSentence(
      standing, "Values are not missing as often as in the real table: \(Figures.percent(value)) alike\(column).")
  }

  /// Between what independent columns have of the dependences and what unseen rows have.
  private static func trends(_ score: MetricScore?) -> VerdictSentence? {
    guard let value = score?.value else { return nil }
    let (best, least) = (score?.unseen ?? 1, score?.marginals ?? 0)
    var figures = "pair trends \(Figures.percent(value))"
    if let unseen = score?.unseen { figures += ", unseen real rows reach \(Figures.percent(unseen))" }
    if let floor = score?.marginals { figures += ", independent columns \(Figures.percent(floor))" }
    guard best - least > near else {
      return VerdictSentence(
        .unknown, "Whether dependences between columns are kept cannot be told, as there are hardly any: \(figures).")
    }
    let kept = (value - least) / (best - least)
    let (standing, claim): (VerdictSentence.Standing, String) =
      kept >= 0.9 || best - value <= near
      ? (.good, "Dependences between columns are kept")
      : kept >= 0.5
        ? (.mixed, "Dependences between columns are partly kept")
        : (.bad, "Dependences between columns are mostly lost")
    return VerdictSentence(standing, "\(claim): \(figures).")
  }

  private static func detection(_ score: MetricScore?) -> VerdictSentence? {
    guard let score, let value = score.value else { return nil }
    var figures = "AUC \(Figures.fixed(value, 2))"
    if let unseen = score.unseen { figures += ", for unseen real rows \(Figures.fixed(unseen, 2))" }
    if value <= max(0.5, score.unseen ?? 0.5) + 2 * near {
      return VerdictSentence(.good, "A classifier can hardly tell its rows from real ones (\(figures)).")
    }
    let telling = DetailFigures.gains(score.details).prefix(3).filter { $0.share >= 0.05 }.map { "'\($0.column)'" }
    let columns = telling.isEmpty ? "" : ", above all by \(telling.joined(separator: ", "))"
    return value <= 0.75
      ? VerdictSentence(.mixed, "A classifier often tells its rows from real ones (\(figures))\(columns).")
      : VerdictSentence(.bad, "A classifier tells its rows from real ones (\(figures))\(columns).")
  }

  private static func utility(_ score: MetricScore?) -> VerdictSentence? {
    guard let score else { return nil }
    guard score.value != nil else {
      return score.reason.map { VerdictSentence(.unknown, "What models learn from it was not checked: \($0).") }
    }
    for (figure, title) in [("auc", "AUC"), ("r2", "R²")] {
      func reached(_ source: String) -> Double? { score.details?["boosted-trees.\(source).\(figure)"] }
      guard let synthetic = reached("synthetic"), let real = reached("real") else { continue }
      var text =
        "Models learned from it reach \(title) \(Figures.fixed(synthetic, 2)) on unseen real rows, "
        + "models learned from real rows \(Figures.fixed(real, 2))"
      if let both = reached("augmented") { text += ", from both \(Figures.fixed(both, 2))" }
      return VerdictSentence(standing(gap: real - synthetic), text + ".")
    }
    return nil
  }

  private static func fairness(_ score: MetricScore?) -> VerdictSentence? {
    guard let value = score?.value else { return nil }
    let figure = "by \(Figures.fixed(value, 2)) in equalised odds"
    return value <= 0.05
      ? VerdictSentence(
        .good,
        "Models learned from it treat groups of people about as equally as models learned from real rows (\(figure)).")
      : VerdictSentence(
        value <= 0.2 ? .mixed : .bad,
        "Models learned from it treat groups of people more unequally than models learned from real rows (\(figure)).")
  }
}
