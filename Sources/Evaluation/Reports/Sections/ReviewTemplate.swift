extension ReviewSection {
  static let template = """
    {{#reviewSection}}<section aria-labelledby="rows"{{#form}} data-review="{{head}}"{{/form}}>
    <h2 id="rows">Rows to look at</h2>
    <p>The synthetic rows that are nearest to a training row, nearest first, each training row once. Where a row is as good as
    somebody's record, and would tell something of that person, reject it: the next release leaves it out.</p>
    {{#isConfidential}}<p class="notice"><strong>Confidential.</strong> This section shows records of the real table. Whoever
    may not see that table may not see this page.</p>{{/isConfidential}}
    {{^isConfidential}}<p class="note">The training rows are not shown, nor which of their values these rows have. That a row is
    near one is told, and how near.</p>{{/isConfidential}}
    {{^form}}<p class="note">Rows cannot be ticked here, as the report does not know the tables' files.</p>{{/form}}
    {{#form}}<div class="toolbar screen" hidden="hidden"><label>Reviewer <input type="text" autocomplete="name"></label>
    <button type="button">Export review file</button> <output aria-live="polite"></output>
    <p class="note">The file holds the synthetic rows that were decided about, and of real rows only what they share with these.</p></div>
    <noscript><p class="note">Ticking rows and exporting a review file take the page's script, which is switched off.</p>\
    </noscript>{{/form}}
    <div class="pairs">
    {{#pairs}}<article class="pair" aria-labelledby="row-{{number}}">
    <h3 id="row-{{number}}">Synthetic row {{number}}</h3>
    <p class="note">distance {{distance}}{{#trainNumber}} to training row {{.}}{{/trainNumber}}{{#summary}}; {{.}}{{/summary}}</p>
    {{#rowJSON}}<fieldset class="screen" data-row="{{.}}" hidden="hidden"><legend class="unseen">Decision about synthetic row \
    {{number}}</legend>
    <label><input type="radio" name="decision-{{number}}" value="accepted"> accept</label>
    <label><input type="radio" name="decision-{{number}}" value="rejected"> reject</label>
    <label><input type="radio" name="decision-{{number}}" value="" checked="checked"> undecided</label></fieldset>{{/rowJSON}}
    <div class="wide" role="region" tabindex="0" aria-labelledby="row-{{number}}"><table class="cells">
    <caption class="unseen">Synthetic row {{number}}{{#showsReal}} beside the nearest training row{{/showsReal}}</caption>
    <thead><tr><th scope="col">Column</th><th scope="col">Synthetic</th>{{#showsReal}}<th scope="col">\
    <span class="unseen">Comparison</span></th><th scope="col">Real</th>{{/showsReal}}</tr></thead>
    <tbody>
    {{#cells}}<tr class="{{style}}"><th scope="row"><bdi>{{column}}</bdi></th><td><bdi>{{made}}</bdi></td>\
    {{#showsReal}}<td>{{mark}}<span class="unseen"> {{spoken}}</span></td><td><bdi>{{genuine}}</bdi></td>{{/showsReal}}</tr>
    {{/cells}}</tbody></table></div>
    {{#rest}}<p class="note">{{.}}</p>{{/rest}}</article>
    {{/pairs}}</div>
    </section>
    {{/reviewSection}}
    """

  static let style = """
    .pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 1rem; }
    .pair { border: 1px solid var(--rule); border-radius: .4rem; padding: .25rem 1rem 1rem; min-width: 0; }
    .pair h3 { margin-top: .6rem; } .pair p { margin: .25rem 0; }
    fieldset { border: 0; padding: 0; margin: .4rem 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
    fieldset[hidden] { display: none; }
    fieldset:has(input[value=rejected]:checked) { border-left: .35rem solid var(--bad); padding-left: .6rem; }
    fieldset:has(input[value=accepted]:checked) { border-left: .35rem solid var(--good); padding-left: .6rem; }
    label { display: inline-flex; align-items: center; gap: .35rem; min-height: 1.75rem; }
    .cells { font-size: .85rem; } .cells th, .cells td { padding: .15rem .6rem .15rem 0; overflow-wrap: anywhere; }
    .cells tbody th { font-weight: normal; color: var(--soft); min-width: 5rem; }
    .cells .differs td { font-weight: 700; background: var(--raised); }
    .toolbar { position: sticky; top: 0; background: var(--ground); border-bottom: 1px solid var(--rule); padding: .5rem 0;
      margin-bottom: 1rem; }
    .toolbar .note { margin: .25rem 0 0; }
    button, input[type=text] { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--soft);
      border-radius: .4rem; padding: .35rem .8rem; max-width: 100%; }
    button { cursor: pointer; }
    @media print { .pairs { grid-template-columns: 1fr 1fr 1fr; gap: .4rem; } .pair { padding: .1rem .5rem .4rem; }
      .pair h3, .pair p { font-size: 8pt; } .cells { font-size: 6.5pt; } .cells th, .cells td { padding: .05rem .2rem .05rem 0; }
      .cells tbody th { min-width: 0; } }
    """
}
