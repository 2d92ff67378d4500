// Parts of the page of `HTMLReport`: the verdict, gates and scores before its columns, and rows to look at after its pairs.

let verdictTemplate = """
  <section aria-labelledby="verdict">
  <h2 id="verdict">Verdict</h2>
  <p><strong>{{headline}}</strong></p>
  <ul>
  {{#verdict}}<li><strong>{{topic}}:</strong> {{text}}</li>
  {{/verdict}}</ul>
  {{#hasGates}}<h3>Conditions of release</h3>
  <ul>
  {{#gates}}<li>{{.}}</li>
  {{/gates}}</ul>{{/hasGates}}
  </section>

  """

let scoresTemplate = """
  <section aria-labelledby="tables">
  <h2 id="tables">Scores and yardsticks</h2>
  <p class="note">“Unseen” is what real rows that no model made score: nobody can expect better. “Independent” is what columns
  score that know nothing of each other: whatever has learned something does better in fidelity.</p>
  {{#scoreTables}}<h3>{{family}}</h3>
  <div class="wide" tabindex="0" role="region" aria-label="Scores: {{family}}"><table>
  <thead><tr><th scope="col">Metric</th><th scope="col">Score</th><th scope="col">Unseen</th>\
  <th scope="col">Independent</th><th scope="col">Better</th></tr></thead>
  <tbody>
  {{#lines}}<tr><th scope="row">{{title}}<small>{{meaning}}</small></th><td class="figure">{{value}}\
  {{#interval}}<small>95 %: {{.}}</small>{{/interval}}{{#reason}}<small class="reason">{{.}}</small>{{/reason}}</td>\
  <td class="figure">{{unseen}}</td><td class="figure">{{marginals}}</td><td>{{best}}</td></tr>
  {{/lines}}</tbody></table></div>
  {{/scoreTables}}</section>

  """

let rowsTemplate = """
  {{#hasRowPairs}}<section aria-labelledby="rows">
  <h2 id="rows">Rows to look at</h2>
  <p class="note">{{rowsNote}}</p>
  {{#rowPairs}}<details><summary>{{title}}</summary>
  <div class="wide"><table>
  <thead><tr><th scope="col">Column</th><th scope="col">Synthetic</th><th scope="col">Real</th></tr></thead>
  <tbody>
  {{#cells}}<tr><th scope="row"><bdi>{{column}}</bdi></th><td class="value"><bdi>{{synthetic}}</bdi></td>\
  <td class="value">{{#real}}<bdi>{{.}}</bdi>{{/real}}{{#differs}} <small>differs</small>{{/differs}}</td></tr>
  {{/cells}}</tbody></table></div></details>
  {{/rowPairs}}</section>
  {{/hasRowPairs}}
  """
