/// What the page of several tables shows, by the names its template uses.
struct ComparisonPage {
  struct Fact {
    let label: String
    let value: String
  }
  struct Head {
    let name: String
    let link: String?
    let headline: String
  }
  struct Line {
    let title: String
    let meaning: String
    let figures: [String]
    let unseen: String
    let marginals: String
  }

  let title: String
  let facts: [Fact]
  let heads: [Head]
  let lines: [Line]
  let provenance: [Fact]

  init(_ report: ComparisonHTMLReport) {
    title = report.title
    facts = report.facts.map(Fact.init)
    provenance = report.provenance.map(Fact.init)
    heads = report.entries.map { entry in
      Head(
        name: entry.name, link: entry.link, headline: Verdict(entry.evaluation, gates: entry.gates).headline)
    }
    let scores = report.entries.map(\.evaluation.allScores)
    let figure = { (value: Double?) in value.map { Figures.fixed($0, 4) } ?? "–" }
    lines = report.metrics.map { metric in
      let own = scores.map { $0[type(of: metric).identifier] }
      return Line(
        title: type(of: metric).title, meaning: type(of: metric).meaning, figures: own.map { figure($0?.value) },
        unseen: figure(own.lazy.compactMap { $0?.unseen }.first),
        marginals: figure(own.lazy.compactMap { $0?.marginals }.first))
    }
  }
}

let comparisonTemplate = """
  <!DOCTYPE html>
  <html lang="en">
  <head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
  <title>{{title}}</title>
  <style>
  \(reportStyle)
  </style>
  </head>
  <body>
  <header>
  <h1><bdi>{{title}}</bdi></h1>
  <dl class="facts">
  {{#facts}}<div><dt>{{label}}</dt><dd>{{value}}</dd></div>
  {{/facts}}</dl>
  </header>
  <main>
  <section aria-labelledby="models">
  <h2 id="models">The tables</h2>
  <ul>
  {{#heads}}<li>{{#link}}<a href="{{.}}">report</a> {{/link}}<strong><bdi>{{name}}</bdi>:</strong> {{headline}}</li>
  {{/heads}}</ul>
  </section>
  <section aria-labelledby="scores">
  <h2 id="scores">Scores and yardsticks</h2>
  <div class="wide" tabindex="0" role="region" aria-label="Scores of all tables"><table>
  <thead><tr><th scope="col">Metric</th>{{#heads}}<th scope="col"><bdi>{{name}}</bdi></th>{{/heads}}\
  <th scope="col">Unseen real rows</th><th scope="col">Independent columns</th></tr></thead>
  <tbody>
  {{#lines}}<tr><th scope="row">{{title}}<small>{{meaning}}</small></th>\
  {{#figures}}<td class="figure">{{.}}</td>{{/figures}}<td class="figure">{{unseen}}</td>\
  <td class="figure">{{marginals}}</td></tr>
  {{/lines}}</tbody></table></div>
  </section>
  <section aria-labelledby="provenance">
  <h2 id="provenance">Where this came from</h2>
  <div class="wide"><table><tbody>
  {{#provenance}}<tr><th scope="row">{{label}}</th><td class="value">{{value}}</td></tr>
  {{/provenance}}</tbody></table></div>
  </section>
  </main>
  </body>
  </html>

  """
