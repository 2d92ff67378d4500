/// What the template of `ComparisonHTMLReport` shows.
struct ComparisonPage {
  let title: String
  let facts: [PageRow]
  let links: [PageLink]
  let models: [Model]
  let tables: [SortableTable]
  let hasProvenance: Bool
  let provenance: [PageRow]

  struct Model {
    let modelName: String
    let modelLink: String?
    let standing: String
    let word: String
    let gist: String
    let lines: [VerdictSection.Line]
  }

  init(_ report: ComparisonHTMLReport) {
    title = report.title
    facts = report.facts.map(PageRow.init)
    provenance = report.provenance.map(PageRow.init)
    hasProvenance = !provenance.isEmpty
    models = report.entries.map { entry in
      let verdict = Verdict(entry.evaluation, holdoutRows: nil, gates: entry.gates)
      return Model(
        modelName: entry.name, modelLink: entry.link.flatMap(ComparisonTables.relative),
        standing: verdict.headline.standing.rawValue, word: verdict.headline.standing.word, gist: verdict.headline.text,
        lines: verdict.sentences.map(VerdictSection.Line.init))
    }
    tables = ComparisonTables(report).all
    links =
      [PageLink(anchor: "verdicts", text: "Verdicts")] + tables.map { PageLink(anchor: $0.id, text: $0.heading) }
      + (hasProvenance ? [PageLink(anchor: "provenance", text: "Provenance")] : [])
  }
}

let comparisonTemplate = pageFrame(
  style: SortableTable.style, script: .comparison,
  body: """
    <a class="skip" href="#verdicts">To the verdicts</a>
    \(pageHeader)
    <nav aria-label="Parts of the report"><ul>
    {{#links}}<li><a href="#{{anchor}}">{{text}}</a></li>
    {{/links}}</ul></nav>
    <main>
    <section aria-labelledby="verdicts">
    <h2 id="verdicts">Verdicts</h2>
    {{#models}}<h3>{{#modelLink}}<a href="{{.}}"><bdi>{{modelName}}</bdi></a>{{/modelLink}}\
    {{^modelLink}}<bdi>{{modelName}}</bdi>{{/modelLink}}</h3>
    <p class="lead {{standing}}"><strong>{{word}}.</strong> {{gist}}</p>
    <details><summary>Why</summary><ul class="verdicts">
    {{#lines}}<li><span class="badge {{standing}}">{{word}}</span><span>{{text}}</span></li>
    {{/lines}}</ul></details>
    {{/models}}</section>
    \(SortableTable.template)\(provenanceTemplate)</main>
    """)
