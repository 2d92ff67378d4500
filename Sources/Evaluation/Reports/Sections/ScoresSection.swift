/// The scores by family, each beside its yardsticks.
struct ScoresSection {
  let tiles: [Tile]
  let families: [Family]

  struct Tile {
    let tile: String
    let figure: String
    let meaning: String
  }
  struct Family {
    let id: String
    let heading: String
    let question: String
    let metrics: [Row]
  }
  struct Row {
    let title: String
    let explanation: String
    let scale: String
    let score: String
    let interval: String?
    let missingScore: String?
    let sampling: String?
    let unseen: String
    let marginals: String
    let position: PositionPicture?
    let behind: DetailGrids?
  }

  init(_ report: HTMLReport) {
    let quality = report.evaluation.quality
    let (columns, pairs) = (quality.shapes.columns, quality.trends.pairs)
    func percent(_ score: Double?) -> String { score.map { Figures.percent($0) } ?? "none" }
    tiles = [
      Tile(tile: "Quality", figure: percent(quality.quality), meaning: "the mean of the two"),
      Tile(
        tile: "Column shapes", figure: percent(quality.shape),
        meaning: "single columns, \(columns.count { $0.score != nil }) of \(columns.count)"),
      Tile(
        tile: "Pair trends", figure: percent(quality.trend),
        meaning: "dependences between two, \(pairs.count { $0.score != nil }) of \(pairs.count)"),
    ]
    let all = ScoredMetric.list(report.evaluation, report.metrics)
    families = MetricFamily.allCases.compactMap { family in
      let own = all.filter { $0.family == family }
      guard !own.isEmpty else { return nil }
      return Family(
        id: "scores-\(family.rawValue)", heading: family.heading, question: family.question, metrics: own.map(Self.row))
    }
  }

  private static func row(_ metric: ScoredMetric) -> Row {
    let score = metric.score
    return Row(
      title: metric.title, explanation: metric.meaning, scale: metric.scale,
      score: score.value.map(Figures.score) ?? "none",
      interval: score.interval.map { "95 %: \(Figures.score($0.low)) to \(Figures.score($0.high))" },
      missingScore: score.value == nil ? score.reason ?? "not computed" : nil, sampling: sampling(score.details ?? [:]),
      unseen: score.unseen.map(Figures.score) ?? "–", marginals: score.marginals.map(Figures.score) ?? "–",
      position: PositionPicture(metric), behind: DetailGrids(metric))
  }

  private static func sampling(_ details: [String: Double]) -> String? {
    let suffix = "-sampled-from"
    let parts = details.keys.sorted().compactMap { key -> String? in
      guard key.hasSuffix(suffix), let all = details[key] else { return nil }
      let name = String(key.dropLast(suffix.count))
      return details[name].map { "\(Figures.axis($0)) of \(Figures.axis(all)) \(spoken(name))" }
    }
    let error = details["sampling-error"].map { ", which may be off by \(Figures.score($0))" } ?? ""
    return parts.isEmpty ? nil : "looked at \(parts.joined(separator: ", "))\(error)"
  }

  /// "rows.synthetic" as "synthetic rows".
  private static func spoken(_ name: String) -> String {
    let parts = name.replacing("-", with: " ").split(separator: ".")
    return parts.reversed().joined(separator: " ")
  }

  static let style = """
    .metrics tr:has(+ .behind) > * { border-bottom: 0; } .behind > td { padding-top: 0; }
    .behind table { width: auto; font-size: .85rem; margin: .25rem 0 .75rem; }
    .behind th, .behind td td { padding: .15rem 1rem .15rem 0; font-weight: normal; min-width: 0; }
    .behind dl { columns: 16rem; column-gap: 2rem; font-size: .85rem; margin: .25rem 0; }
    .behind dl > div { display: flex; justify-content: space-between; gap: 1rem; break-inside: avoid; }
    @media print { .behind dl { columns: 3; font-size: 7.5pt; line-height: 1.3; } }
    .behind dt { overflow-wrap: anywhere; } .behind dd { margin: 0; white-space: nowrap; }
    """

  static let template = """
    {{#scoreSection}}<section aria-labelledby="scores">
    <h2 id="scores">Scores</h2>
    <div class="scores">
    {{#tiles}}<div class="score"><span>{{tile}}</span><strong>{{figure}}</strong><small>{{meaning}}</small></div>
    {{/tiles}}</div>
    <p class="note">100&#8239;% is a synthetic table that cannot be told from the real one by these three, which are those of
    SDMetrics' Quality report. The yardsticks beside the scores below: what <em>unseen real rows</em> score, which is as
    good as one can hope for, and what <em>independent columns</em> score, which know nothing of each other. In the drawings better
    is to the right: <svg width="14" height="12" aria-hidden="true"><circle class="dot" cx="7" cy="6" r="5"/></svg> the score,
    <svg width="6" height="14" aria-hidden="true"><path class="ceiling" d="M3 0V14"/></svg> unseen rows,
    <svg width="12" height="12" aria-hidden="true"><path class="floor" d="M6 1L11 11H1Z"/></svg> independent columns.</p>
    {{#families}}<h3 id="{{id}}">{{heading}}</h3>
    <div class="wide" role="region" tabindex="0" aria-labelledby="{{id}}"><table class="metrics">
    <caption>{{question}}</caption>
    <thead><tr><th scope="col">Metric</th><th scope="col">Score</th><th scope="col">Unseen real rows</th>\
    <th scope="col">Independent columns</th><th scope="col">Worse to better</th></tr></thead>
    <tbody>
    {{#metrics}}<tr><th scope="row">{{title}}<small>{{explanation}}</small><small>{{scale}}</small></th>
    <td class="figure"><strong>{{score}}</strong><small class="narrow">score</small>{{#interval}}<small>{{.}}</small>{{/interval}}\
    {{#missingScore}}<small class="reason">{{.}}</small>{{/missingScore}}\
    {{#sampling}}<small>{{.}}</small>{{/sampling}}</td>
    <td class="figure">{{unseen}}<small class="narrow">unseen real rows</small></td>\
    <td class="figure">{{marginals}}<small class="narrow">independent columns</small></td>
    <td>{{#position}}<svg viewBox="0 0 {{width}} 24" width="{{width}}" height="24" role="img" aria-label="{{spoken}}">\
    <path class="grid" d="M0 12H{{width}}"/>{{#span}}<path class="range" d="{{.}}"/>{{/span}}\
    {{#ceiling}}<path class="ceiling" d="{{.}}"/>{{/ceiling}}{{#floor}}<path class="floor" d="{{.}}"/>{{/floor}}\
    <circle class="dot" cx="{{dot}}" cy="12" r="5"/></svg>{{/position}}</td></tr>
    {{#behind}}<tr class="behind"><td colspan="5"><details class="more"><summary>{{count}} figures behind it</summary>\
    {{#grids}}<table><caption>{{caption}}</caption><thead><tr>{{#head}}<th scope="col">{{.}}</th>{{/head}}</tr></thead><tbody>
    {{#lines}}<tr><th scope="row"><bdi>{{lineName}}</bdi></th>{{#cells}}<td class="figure">{{.}}</td>{{/cells}}</tr>
    {{/lines}}</tbody></table>{{/grids}}<dl>{{#figures}}<div><dt><bdi>{{figureName}}</bdi></dt>\
    <dd class="figure">{{figureValue}}</dd></div>
    {{/figures}}</dl>{{#figuresNote}}<p class="note">{{.}}</p>{{/figuresNote}}</details></td></tr>{{/behind}}
    {{/metrics}}</tbody></table></div>
    {{/families}}</section>
    {{/scoreSection}}
    """
}
