/// The conditions of release, and by how much each is met or missed.
struct GatesSection {
  let summary: String
  let gates: [Row]

  struct Row {
    let gate: String
    let standing: String
    let word: String
    let measured: String
    let limit: String
    let margin: String
    let remark: String
  }

  /// Nil where no conditions were set.
  init?(_ outcomes: [GateOutcome]) {
    guard !outcomes.isEmpty else { return nil }
    let failed = outcomes.count { !$0.passed }
    summary =
      failed == 0
      ? "All \(outcomes.count) conditions of release are met."
      : "\(failed) of \(outcomes.count) conditions of release are not met."
    gates = outcomes.map(Self.row)
  }

  private static func row(_ outcome: GateOutcome) -> Row {
    var margin = ""
    if let value = outcome.value, let bound = outcome.bound {
      let difference = value - bound
      margin = difference == 0 ? "at it" : "\(Figures.score(abs(difference))) \(difference > 0 ? "above" : "below")"
    }
    var remarks: [String] = []
    if let reason = outcome.reason { remarks.append("cannot be shown: \(reason)") }
    if let rows = outcome.rows { remarks.append("\(rows) row\(rows == 1 ? "" : "s") break\(rows == 1 ? "s" : "") it") }
    if let accepted = outcome.acceptedRows {
      remarks.append("\(accepted) row\(accepted == 1 ? "" : "s") left out that a reviewer accepted")
    }
    if let findings = outcome.findings { remarks.append("listed in \(findings)") }
    return Row(
      gate: outcome.gate, standing: outcome.passed ? "good" : "bad", word: outcome.passed ? "passed" : "failed",
      measured: outcome.value.map(Figures.significant) ?? "none",
      limit: outcome.bound.map(Figures.significant) ?? "none",
      margin: margin, remark: remarks.joined(separator: "; "))
  }

  static let template = """
    {{#gateSection}}<section aria-labelledby="gates">
    <h2 id="gates">Gates</h2>
    <p>{{summary}}</p>
    <div class="wide" role="region" tabindex="0" aria-label="Gates"><table>
    <caption class="unseen">Conditions of release</caption>
    <thead><tr><th scope="col">Condition</th><th scope="col">Outcome</th><th scope="col">Figure</th>\
    <th scope="col">Bound</th><th scope="col">Distance to the bound</th><th scope="col">Remarks</th></tr></thead>
    <tbody>
    {{#gates}}<tr><th scope="row"><bdi>{{gate}}</bdi></th><td><span class="badge {{standing}}">{{word}}</span></td>\
    <td class="figure">{{measured}}</td><td class="figure">{{limit}}</td><td class="figure">{{margin}}</td>\
    <td class="value">{{remark}}</td></tr>
    {{/gates}}</tbody></table></div>
    </section>
    {{/gateSection}}
    """
}
