extension Verdict {
  /// How near to the real table: by shapes and trends, against what unseen rows and independent columns reach.
  static func likeness(_ evaluation: TableEvaluation) -> Sentence? {
    let measures: [(name: String, value: Double?, unseen: Double?)] = [
      ("column shapes", evaluation.quality.shape, evaluation.yardstick?.shape),
      ("pair trends", evaluation.quality.trend, evaluation.yardstick?.trend),
    ]
    let known = measures.compactMap { measure in measure.value.map { (measure.name, $0, measure.unseen) } }
    guard !known.isEmpty else { return nil }
    // Without unseen rows the best there could be is taken for reachable: too strict rather than too kind.
    let gap = known.map { ($0.2 ?? 1) - $0.1 }.max() ?? 1
    let figures = known.map { name, value, unseen in
      "\(name) \(Figures.percent(value))"
        + (unseen.map { ", where unseen real rows reach \(Figures.percent($0))" } ?? "")
    }.joined(separator: "; ")
    if let trend = evaluation.quality.trend, let floor = evaluation.floor?.trend, trend <= floor {
      return Sentence(
        topic: "Likeness",
        text:
          "Knows no more of how columns depend on each other than independent columns do (\(Figures.percent(floor))): "
          + "\(figures).",
        tone: .bad)
    }
    let words =
      gap <= 0.02
      ? "Looks like the real table" : gap <= 0.1 ? "Resembles the real table" : "Differs from the real table"
    return Sentence(
      topic: "Likeness", text: "\(words): \(figures).\(worst(evaluation))",
      tone: gap <= 0.02 ? .good : gap <= 0.1 ? .mixed : .bad)
  }

  private static func worst(_ evaluation: TableEvaluation) -> String {
    let scored = evaluation.quality.shapes.columns.compactMap { column in column.score.map { (column.name, $0) } }
    guard let worst = scored.min(by: { $0.1 < $1.1 }), worst.1 < 0.9 else { return "" }
    return " The worst column is '\(worst.0)' (\(Figures.percent(worst.1)))."
  }

  /// Whether a classifier tells the rows apart, and by what.
  static func detection(_ scores: [String: MetricScore]) -> Sentence? {
    guard let score = scores["detection"], let area = score.value else { return nil }
    let unseen = score.unseen.map { ", of unseen real rows \(Figures.fixed($0, 2))" } ?? ""
    let figures = "(AUC \(Figures.fixed(area, 2))\(unseen); ½ is chance)"
    let floor = max(0.5, score.unseen ?? 0.5)
    if area <= floor + 0.05 {
      return Sentence(
        topic: "Detection", text: "A classifier hardly tells its rows from real ones \(figures).", tone: .good)
    }
    let telling = (score.details ?? [:]).filter { $0.key.hasPrefix("gain.") && $0.value > 0.1 }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3).map { "'\($0.key.dropFirst(5))'" }
    let by = telling.isEmpty ? "" : ", mostly by \(telling.joined(separator: ", "))"
    let words = area < 0.7 ? "somewhat better than chance" : area < 0.9 ? "often" : "nearly always"
    return Sentence(
      topic: "Detection", text: "A classifier tells its rows from real ones \(words) \(figures)\(by).",
      tone: area < 0.7 ? .mixed : .bad)
  }

  /// What models that learned from it know, against models that learned from real rows.
  static func utility(_ scores: [String: MetricScore]) -> Sentence? {
    guard let score = scores["utility"], let value = score.value, let details = score.details else { return nil }
    let isQuantity = details["boosted-trees.synthetic.auc"] == nil
    let (figure, name) = isQuantity ? ("r2", "R²") : ("auc", "AUC")
    let made = details["boosted-trees.synthetic.\(figure)"] ?? value
    guard let real = details["boosted-trees.real.\(figure)"] else {
      return Sentence(
        topic: "Usefulness", text: "Models that learned from it reach \(name) \(Figures.fixed(made, 3)).", tone: .mixed)
    }
    let gap = real - made
    return Sentence(
      topic: "Usefulness",
      text:
        "Models that learned from it reach \(name) \(Figures.fixed(made, 3)) on unseen real rows, models that learned from "
        + "real rows \(Figures.fixed(real, 3)).",
      tone: gap <= 0.02 ? .good : gap <= 0.1 ? .mixed : .bad)
  }

  /// Only where groups are treated noticeably more unequally.
  static func fairness(_ scores: [String: MetricScore]) -> Sentence? {
    guard let value = scores["fairness"]?.value, value > 0.05 else { return nil }
    return Sentence(
      topic: "Fairness",
      text:
        "A model that learned from it treats groups more unequally than one that learned from real rows: their error rates "
        + "differ by \(Figures.percent(value)) more.",
      tone: .bad)
  }
}
