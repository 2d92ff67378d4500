// The page of `HTMLReport`, in Mustache: `{{name}}` is escaped text, and there is no unescaped tag in it.

let reportTemplate = """
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
  \(verdictTemplate)
  <section aria-labelledby="scores">
  <h2 id="scores">How alike the tables are</h2>
  <div class="scores">
  {{#scores}}<div class="score"><span>{{label}}</span><strong>{{figure}}</strong><small>{{meaning}}</small></div>
  {{/scores}}</div>
  <p class="note">100&#8239;% is a synthetic table that cannot be told from the real one by these measures. They are
  those of SDMetrics' Quality report; they do not say whether the table gives anybody away.</p>
  </section>
  \(scoresTemplate)
  <section aria-labelledby="columns">
  <h2 id="columns">Columns, worst first</h2>
  <p class="legend"><span class="key real"></span> real <span class="key synthetic"></span> synthetic</p>
  <div class="wide"><table class="columns">
  <thead><tr><th scope="col">Column</th><th scope="col">Score</th><th scope="col">Missing, real / synthetic</th>\
  <th scope="col">Distribution</th></tr></thead>
  <tbody>
  {{#columns}}<tr>
  <th scope="row"><bdi>{{name}}</bdi><small>{{kind}}</small></th>
  <td class="figure">{{#score}}{{.}}<small>{{measure}}</small>{{/score}}\
  {{#reason}}<small class="reason">no score: {{.}}</small>{{/reason}}</td>
  <td class="figure">{{#missing}}{{.}}<small class="narrow">missing, real / synthetic</small>{{/missing}}</td>
  <td>{{#histogram}}<svg viewBox="0 0 {{histogramWidth}} 90" width="{{histogramWidth}}" height="90" role="img" \
  aria-label="Distribution of {{name}}, from {{lowLabel}} to {{highLabel}}"><path class="real" d="{{realPath}}"/>\
  <path class="synthetic" d="{{syntheticPath}}"/><path class="axis" d="M0 {{histogramHeight}}H{{histogramWidth}}"/>\
  <text x="0" y="86">{{lowLabel}}</text><text x="{{histogramWidth}}" y="86" text-anchor="end">{{highLabel}}</text>\
  <text x="160" y="86" text-anchor="middle">highest bin {{peakLabel}}</text></svg>{{/histogram}}\
  {{#levels}}<svg viewBox="0 0 {{histogramWidth}} {{height}}" width="{{histogramWidth}}" height="{{height}}" \
  role="img" aria-label="Shares of the levels of {{name}}">{{#bars}}<g><title>{{label}}: {{figures}}</title>\
  <text x="114" y="{{textY}}" text-anchor="end">{{shortLabel}}</text>\
  <rect class="real" x="120" y="{{realY}}" width="{{realWidth}}" height="6"/>\
  <rect class="synthetic" x="120" y="{{syntheticY}}" width="{{syntheticWidth}}" height="6"/>\
  <text x="{{histogramWidth}}" y="{{textY}}" text-anchor="end">{{figures}}</text></g>{{/bars}}</svg>{{/levels}}</td>
  </tr>
  {{/columns}}</tbody></table></div>
  </section>
  <section aria-labelledby="pairs">
  <h2 id="pairs">Pairs of columns</h2>
  <p class="note">{{pairsNote}}</p>
  {{#hasPairs}}<div class="wide"><table>
  <thead><tr><th scope="col">First</th><th scope="col">Second</th><th scope="col">Score</th>\
  <th scope="col">Dependence in the real table</th></tr></thead>
  <tbody>
  {{#pairs}}<tr><th scope="row"><bdi>{{first}}</bdi></th><th scope="row"><bdi>{{second}}</bdi></th>\
  <td class="figure">{{score}}<small>{{measure}}</small></td><td class="figure">{{dependence}}</td></tr>
  {{/pairs}}</tbody></table></div>{{/hasPairs}}
  </section>
  \(rowsTemplate)
  {{#hasCurves}}<section aria-labelledby="training">
  <h2 id="training">Training</h2>
  {{#curves}}<p class="note">{{note}}</p>
  {{#chart}}<p class="legend">{{#lines}}<svg width="28" height="10" aria-hidden="true"><path class="{{style}}" d="M0 5H28"/></svg> \
  <bdi>{{name}}</bdi>, at last {{last}} {{/lines}}</p>
  <div class="wide"><svg viewBox="0 0 720 220" width="720" height="220" role="img" aria-label="{{label}}">
  {{#valueTicks}}<path class="grid" d="M56 {{place}}H708"/><text x="50" y="{{place}}" dy="4" text-anchor="end">{{label}}\
  </text>{{/valueTicks}}
  {{#epochTicks}}<text x="{{place}}" y="208" text-anchor="middle">{{label}}</text>{{/epochTicks}}
  <path class="axis" d="M56 192H708"/>
  {{#lines}}<path class="{{style}}" d="{{path}}"/>
  {{/lines}}</svg></div>
  {{/chart}}{{/curves}}</section>
  {{/hasCurves}}{{#hasProvenance}}<section aria-labelledby="provenance">
  <h2 id="provenance">Where this came from</h2>
  <div class="wide"><table><tbody>
  {{#provenance}}<tr><th scope="row">{{label}}</th><td class="value">{{value}}</td></tr>
  {{/provenance}}</tbody></table></div>
  </section>
  {{/hasProvenance}}</main>
  </body>
  </html>

  """

let reportStyle = """
  :root { color-scheme: light dark; --ground: #fff; --ink: #1c2024; --soft: #60666c; --rule: #d8dce0; --real: #8fb4e0;
    --synthetic: #c24e00; --second: #1f5fae; --third: #00796b; --fourth: #8e24aa; }
  @media (prefers-color-scheme: dark) { :root { --ground: #16191c; --ink: #e6e8ea; --soft: #a0a6ac; --rule: #363c42;
    --real: #3f6797; --synthetic: #ff9d57; --second: #8fb4e0; --third: #4db6ac; --fourth: #ce93d8; } }
  @media print { :root { color-scheme: light; --ground: #fff; --ink: #000; --soft: #444; --rule: #bbb; --real: #8fb4e0;
    --synthetic: #c24e00; --second: #1f5fae; --third: #00796b; --fourth: #8e24aa; } body { max-width: none; padding: 0; }
    tr, .score, svg { break-inside: avoid; } h2 { break-after: avoid; } .wide { overflow: visible; } }
  * { box-sizing: border-box; }
  body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--ground); color: var(--ink);
    font: 16px/1.5 system-ui, sans-serif; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 1rem; overflow-wrap: anywhere; }
  h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
  small, .note, dt, thead th { color: var(--soft); font-size: .85rem; font-weight: normal; }
  th small, td small { display: block; }
  .facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0; }
  .facts dd { margin: 0; overflow-wrap: anywhere; }
  .scores { display: flex; flex-wrap: wrap; gap: .75rem; }
  .score { flex: 1 1 12rem; border: 1px solid var(--rule); border-radius: .4rem; padding: .75rem 1rem; }
  .score span, .score strong { display: block; }
  .score strong { font-size: 1.9rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; }
  th, td { border-bottom: 1px solid var(--rule); padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; }
  tbody th { font-weight: 600; overflow-wrap: anywhere; min-width: 7rem; max-width: 16rem; }
  .figure { font-variant-numeric: tabular-nums; }
  .reason { max-width: 14rem; }
  .value { overflow-wrap: anywhere; }
  .key { display: inline-block; width: 1.4rem; height: .7rem; margin-left: 1rem; }
  .key:first-child { margin-left: 0; }
  .key.real { background: var(--real); }
  .key.synthetic { background: none; border: 2px solid var(--synthetic); }
  svg { display: block; }
  .legend svg { display: inline; margin-left: 1rem; }
  svg text { font-size: 11px; fill: var(--soft); }
  path { fill: none; }
  path.real, rect.real { fill: var(--real); }
  path.synthetic { stroke: var(--synthetic); stroke-width: 1.5; }
  rect.synthetic { fill: var(--ground); stroke: var(--synthetic); stroke-width: 1; }
  .axis { stroke: var(--soft); }
  .grid { stroke: var(--rule); }
  .line0, .line1, .line2, .line3 { stroke-width: 1.5; stroke: var(--synthetic); }
  .line1 { stroke: var(--second); stroke-dasharray: 6 3; }
  .line2 { stroke: var(--third); stroke-dasharray: 2 2; }
  .line3 { stroke: var(--fourth); stroke-dasharray: 8 3 2 3; }
  td .narrow { display: none; }
  @media screen and (max-width: 40rem) { .columns thead { display: none; } td .narrow { display: block; }
    .columns tr { display: grid; grid-template-columns: 1fr 1fr 1fr; border-bottom: 1px solid var(--rule); }
    .columns th, .columns td { border: 0; min-width: 0; } .columns td:last-child { grid-column: 1 / -1; } }
  """
