/// Curves of what is told apart: models that learned from synthetic rows, attackers.
struct CurvesSection {
  let curveSets: [Row]

  struct Row {
    let curveTitle: String
    let curveNote: String
    let lines: [Line]
    let plots: [CurvePicture]
  }
  struct Line {
    let lineName: String
    let style: String
    let area: String
    let precision: String
  }

  /// Nil where no metric has curves to show.
  init?(_ report: HTMLReport) {
    let families = Dictionary(
      report.metrics.map { (type(of: $0).identifier, type(of: $0).family) }, uniquingKeysWith: { first, _ in first })
    curveSets = report.exhibits.sorted { $0.key < $1.key }.flatMap { name, exhibits in
      exhibits.compactMap { exhibit in
        guard case .curves(let curves) = exhibit else { return nil }
        return Self.row(curves, isAttack: families[name] == .privacy)
      }
    }
    if curveSets.isEmpty { return nil }
  }

  private static func row(_ curves: CurveExhibit, isAttack: Bool) -> Row {
    var plots = [CurvePicture(roc: curves, logarithmic: false)]
    // An attacker who names few people and is right does harm that the whole curve does not show.
    if isAttack { plots.append(CurvePicture(roc: curves, logarithmic: true)) }
    plots.append(CurvePicture(precisionRecall: curves))
    return Row(
      curveTitle: curves.title, curveNote: curves.note,
      lines: curves.lines.enumerated().map { index, line in
        Line(
          lineName: line.name, style: "line\(index % 4)", area: Figures.fixed(line.rocArea, 3),
          precision: Figures.fixed(line.averagePrecision, 3))
      }, plots: plots)
  }

  static let template = """
    {{#curveSection}}<section aria-labelledby="curves">
    <h2 id="curves">Curves</h2>
    {{#curveSets}}<h3>{{curveTitle}}</h3>
    <p class="note">{{curveNote}} Dotted: what guessing comes to.</p>
    <div class="wide" role="region" tabindex="0" aria-label="{{curveTitle}}"><table class="areas">
    <caption class="unseen">{{curveTitle}}: areas under the curves</caption>
    <thead><tr><th scope="col">Line</th><th scope="col">Area under ROC</th><th scope="col">Average precision</th></tr></thead>
    <tbody>{{#lines}}<tr><th scope="row"><svg width="28" height="10" aria-hidden="true"><path class="{{style}}" \
    d="M0 5H28"/></svg> <bdi>{{lineName}}</bdi></th><td class="figure">{{area}}</td><td class="figure">{{precision}}</td></tr>
    {{/lines}}</tbody></table></div>
    <div class="figures">
    {{#plots}}<figure><figcaption>{{plotTitle}}</figcaption>
    <svg viewBox="0 0 300 276" width="300" height="276" role="img" aria-label="{{plotTitle}} of {{curveTitle}}">
    {{#across}}<path class="grid" d="M{{place}} 8V228"/><text x="{{place}}" y="243" text-anchor="middle">{{label}}</text>{{/across}}
    {{#up}}<path class="grid" d="M44 {{place}}H292"/><text x="38" y="{{place}}" dy="4" text-anchor="end">{{label}}</text>{{/up}}
    <path class="axis" d="M44 8V228H292"/><path class="chance" d="{{chance}}"/>
    {{#paths}}<path class="{{lineStyle}}" d="{{path}}"/>{{/paths}}
    <text x="168" y="264" text-anchor="middle">{{acrossTitle}}</text>
    <text transform="translate(10 118) rotate(-90)" text-anchor="middle">{{upTitle}}</text></svg></figure>
    {{/plots}}</div>
    {{/curveSets}}</section>
    {{/curveSection}}
    """
}
