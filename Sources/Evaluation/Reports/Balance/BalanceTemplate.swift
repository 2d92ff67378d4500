// The page of `BalanceHTMLReport`, in Mustache: `{{name}}` is escaped text, and there is no unescaped tag in it.

let balanceTemplate = pageFrame(
  style: balanceStyle,
  body: """
    \(pageHeader)
    <main>
    {{#hasTrial}}<section aria-labelledby="verdicts">
    <h2 id="verdicts">Does balancing help?</h2>
    <p><strong>{{summary}}</strong></p>
    <p class="note">{{setting}}</p>
    <ul class="verdicts">
    {{#verdicts}}<li><span class="badge {{style}}">{{outcome}}</span> {{text}}</li>
    {{/verdicts}}</ul>
    {{#failures}}<p class="reason"><bdi>{{label}}</bdi> {{value}}</p>
    {{/failures}}{{#notices}}<p class="note">{{.}}</p>
    {{/notices}}</section>
    {{#judges}}<section>
    <h2>Judged by {{title}}, best first</h2>
    <div class="wide" role="region" tabindex="0" aria-label="Table"><table>
    <thead><tr><th scope="col">Rows prepared by</th><th scope="col">{{mainTitle}}, 95 %</th><th scope="col">Against the \
    table as it is (line)</th><th scope="col">p</th>{{#otherTitles}}<th scope="col">{{.}}</th>{{/otherTitles}}</tr></thead>
    <tbody>
    {{#rows}}<tr class="{{style}}"><th scope="row"><bdi>{{name}}</bdi></th><td class="figure">{{main}}\
    <small>{{interval}}</small></td>
    <td>{{#picture}}<svg viewBox="0 0 {{pictureWidth}} 20" width="{{pictureWidth}}" height="20" role="img" \
    aria-label="{{main}}, from {{interval}}"><path class="grid" d="M{{baseline}} 0V20"/>\
    <path class="interval" d="M{{low}} 10H{{high}}"/><circle cx="{{middle}}" cy="10" r="4"/></svg>{{/picture}}</td>
    <td class="figure">{{p}}</td>{{#figures}}<td class="figure">{{.}}</td>{{/figures}}</tr>
    {{/rows}}</tbody></table></div>
    </section>
    {{/judges}}{{#hasPrivacy}}<section aria-labelledby="privacy">
    <h2 id="privacy">New rows against real ones of class <bdi>{{positive}}</bdi></h2>
    <div class="wide" role="region" tabindex="0" aria-label="Table"><table>
    <thead><tr><th scope="col">Method</th><th scope="col">New rows</th><th scope="col">Exact copies</th>\
    <th scope="col">Near copies</th><th scope="col">Median distance</th><th scope="col">Of real rows</th></tr></thead>
    <tbody>
    {{#privacy}}<tr><th scope="row"><bdi>{{name}}</bdi></th>{{#cells}}<td class="figure">{{.}}</td>{{/cells}}</tr>
    {{/privacy}}</tbody></table></div>
    </section>
    {{/hasPrivacy}}{{/hasTrial}}{{#hasMethods}}<section aria-labelledby="methods">
    <h2 id="methods">Balanced tables</h2>
    <div class="wide" role="region" tabindex="0" aria-label="Table"><table>
    <thead><tr><th scope="col">Method</th><th scope="col">Rows before and after</th></tr></thead>
    <tbody>
    {{#methods}}<tr><th scope="row"><bdi>{{name}}</bdi></th><td class="{{style}}">{{rows}}</td></tr>
    {{/methods}}</tbody></table></div>
    </section>
    {{/hasMethods}}\(provenanceTemplate)</main>
    """)

private let balanceStyle = """
  .baseline th { font-weight: normal; }
  .interval { stroke: var(--second); stroke-width: 2; }
  circle { fill: var(--second); }
  """
