import MynahTables

/// Whether a synthetic table passes a gate, and by how much it fails.
public struct GateOutcome: Codable, Sendable, Equatable {
  /// The gate as it was written.
  public var gate: String
  public var passed: Bool
  /// What was compared; nil where there is no such figure, which no gate lets pass.
  public var value: Double?
  /// What it was compared with.
  public var bound: Double?
  /// Why there is nothing to compare.
  public var reason: String?
  /// The file of the rows, or figures, that break it; nil for a gate that is passed.
  public var findings: String?
  /// How many rows break it; nil where the metric does not name rows.
  public var rows: Int?
  /// Rows that a reviewer accepted, and that were left out of the figure; nil where there were none.
  public var acceptedRows: Int?

  /// One line for a reader: by how much, and where the rows are.
  public var text: String {
    var text = "gate \(gate): "
    switch (value, bound) {
    case (let value?, let bound?):
      let difference = Figures.significant(abs(value - bound))
      text += Figures.significant(value)
      if passed {
        text += " passes"
      } else {
        let side = value > bound ? "above" : value < bound ? "below" : "at"
        text += " is \(side) \(Figures.significant(bound))" + (value == bound ? "" : " by \(difference)")
      }
    default: text += passed ? "passes" : "cannot be shown: \(reason ?? "there is no such figure")"
    }
    if let acceptedRows { text += ", \(acceptedRows) accepted row\(acceptedRows == 1 ? "" : "s") left out" }
    if let findings {
      text +=
        rows.map { "; the \($0 == 1 ? "row is" : "\($0) rows are") in \(findings)" }
        ?? "; the figures behind it are in \(findings)"
    }
    return text
  }
}

extension Gate {
  /// Holds the scores of a table against the gate.
  ///
  /// - Parameter evaluation: with the metrics the gate names.
  public func outcome(_ evaluation: TableEvaluation) -> GateOutcome {
    let score = evaluation.score(for: self)
    var outcome = GateOutcome(gate: text, passed: false)
    guard let score else {
      outcome.reason = "'\(metric)' was not computed"
      return outcome
    }
    guard let value = detail.map({ score.details?[$0] }) ?? score.value else {
      outcome.reason = score.reason ?? missingDetail(of: score)
      return outcome
    }
    outcome.value = value
    switch bound {
    case .number(let number): outcome.bound = number
    case .holdout(let plus): outcome.bound = score.unseen.map { $0 + plus }
    case .marginals(let plus): outcome.bound = score.marginals.map { $0 + plus }
    }
    guard let bound = outcome.bound else {
      outcome.reason = "there is no yardstick to compare with; it takes a holdout for which the metric has a figure"
      return outcome
    }
    outcome.passed =
      switch comparison {
      case .atMost: value <= bound
      case .atLeast: value >= bound
      case .equal: value == bound
      case .less: value < bound
      case .greater: value > bound
      }
    return outcome
  }

  private func missingDetail(of score: MetricScore) -> String {
    let known = (score.details ?? [:]).keys.sorted()
    if let near = nearest(to: detail ?? "", among: known) {
      return "'\(metric)' has no detail '\(detail ?? "")'; did you mean '\(near)'?"
    }
    let some = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
    return "'\(metric)' has no detail '\(detail ?? "")'" + (known.isEmpty ? "" : "; it has \(some)")
  }
}

extension TableEvaluation {
  func score(for gate: Gate) -> MetricScore? {
    guard gate.metric == Gate.quality else { return allScores[gate.metric] }
    // The mean of two: where there is one of them only, it is not the quality that was meant.
    guard quality.shape != nil, quality.trend != nil, let value = quality.quality else {
      let lacking = quality.shape == nil ? "shape" : "trend"
      return MetricScore(
        .notApplicable(reason: "'\(lacking)' has no figure, and quality is the mean of shape and trend"),
        goal: .maximize)
    }
    return MetricScore(
      .value(value, details: [:]), goal: .maximize, unseen: yardstick?.quality, marginals: floor?.quality)
  }
}
