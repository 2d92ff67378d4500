/// A score with what its metric says of itself.
struct ScoredMetric {
  let name: String
  let title: String
  let meaning: String
  let family: MetricFamily
  let bounds: ClosedRange<Double>?
  let score: MetricScore

  /// The scores in the order of the metrics; those of no known metric come last.
  static func list(_ evaluation: TableEvaluation, _ metrics: [any Metric]) -> [ScoredMetric] {
    var rest = evaluation.allScores
    var list: [ScoredMetric] = []
    for metric in metrics {
      let kind = type(of: metric)
      guard let score = rest.removeValue(forKey: kind.identifier) else { continue }
      list.append(
        ScoredMetric(
          name: kind.identifier, title: kind.title, meaning: kind.meaning, family: kind.family, bounds: metric.bounds,
          score: score))
    }
    return list
      + rest.sorted { $0.key < $1.key }.map {
        ScoredMetric(name: $0, title: $0, meaning: "", family: .other, bounds: nil, score: $1)
      }
  }

  /// "0 to 1, more is better".
  var scale: String {
    let direction = score.goal == .maximize ? "more is better" : "less is better"
    guard let bounds else { return direction }
    let high = bounds.upperBound < 1e300 ? "to \(Figures.axis(bounds.upperBound))" : "and up"
    return "\(Figures.axis(bounds.lowerBound)) \(high), \(direction)"
  }
}

extension MetricFamily {
  /// The heading of its part of a report.
  var heading: String {
    switch self {
    case .fidelity: "Likeness"
    case .detection: "Detection"
    case .utility: "Use"
    case .privacy: "Privacy"
    case .other: "Other"
    }
  }

  /// What its metrics ask.
  var question: String {
    switch self {
    case .fidelity: "Does the table look like the real one?"
    case .detection: "Can a classifier tell the rows apart?"
    case .utility: "Does what is learned from synthetic rows hold of real ones?"
    case .privacy: "Does the table give anybody away?"
    case .other: "Metrics of the program's own."
    }
  }
}
