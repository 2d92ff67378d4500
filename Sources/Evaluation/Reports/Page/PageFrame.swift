/// What is around every report: the head with its policy, the title, and the end.
///
/// The policy forbids everything but the page's own style and, by its hash, its one script: whatever a name from the data is
/// made to look like, a browser neither runs it nor fetches anything for it.
func pageFrame(style: String = "", script: PageScript? = nil, body: String) -> String {
  let policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    + (script.map { "; script-src \($0.source)" } ?? "")
  return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <meta http-equiv="Content-Security-Policy" content="\(policy)">
    <title>{{title}}</title>
    <style>
    \(pageStyle)
    \(style)
    </style>
    </head>
    <body>
    \(body)
    \(script.map { "<script>\($0.text)</script>\n" } ?? "")</body>
    </html>

    """
}

/// The title and the facts under it.
let pageHeader = """
  <header>
  <h1><bdi>{{title}}</bdi></h1>
  <dl class="facts">
  {{#facts}}<div><dt>{{label}}</dt><dd>{{value}}</dd></div>
  {{/facts}}</dl>
  </header>
  """

/// Hashes, seeds and versions at the bottom.
let provenanceTemplate = """
  {{#hasProvenance}}<section aria-labelledby="provenance">
  <h2 id="provenance">Where this came from</h2>
  <table class="plain"><caption class="unseen">Where this came from</caption><tbody>
  {{#provenance}}<tr><th scope="row">{{label}}</th><td class="value">{{value}}</td></tr>
  {{/provenance}}</tbody></table>
  </section>
  {{/hasProvenance}}
  """

/// A name and what it has.
struct PageRow {
  let label: String
  let value: String
}

/// A link to a part of the page.
struct PageLink {
  let anchor: String
  let text: String
}
