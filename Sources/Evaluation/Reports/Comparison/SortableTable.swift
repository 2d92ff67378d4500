/// A table that the page's script sorts by any column.
struct SortableTable {
  let id: String
  let heading: String
  let caption: String
  let firstHead: String
  let heads: [Head]
  let rows: [Row]
  let hasFoot: Bool
  let foot: [Row]

  struct Head {
    let headTitle: String
    let hint: String
    /// The order by which what is best comes first.
    let firstOrder: String
  }
  struct Row {
    let rowName: String
    let rowLink: String?
    let cells: [Cell]
  }
  struct Cell {
    let cellText: String
    /// A number to sort by, empty where there is none; nil for a text that is sorted as such.
    let sortValue: String?
    let isBest: Bool
    let remark: String?

    init(_ text: String, sortedAs value: String? = nil, isBest: Bool = false, remark: String? = nil) {
      (cellText, sortValue, self.isBest, self.remark) = (text, value, isBest, remark)
    }

    /// A number, or a dash where there is none.
    init(_ value: Double?, isBest: Bool = false, remark: String? = nil, text: (Double) -> String = Figures.score) {
      self.init(
        value.map(text) ?? "–", sortedAs: value.map { "\($0)" } ?? "", isBest: isBest, remark: remark)
    }
  }

  init(
    id: String, heading: String, caption: String, firstHead: String, heads: [Head], rows: [Row], foot: [Row] = []
  ) {
    (self.id, self.heading, self.caption, self.firstHead) = (id, heading, caption, firstHead)
    (self.heads, self.rows, self.foot, hasFoot) = (heads, rows, foot, !foot.isEmpty)
  }

  /// Which of several values are best; none where there is nothing to choose between.
  static func best(_ values: [Double?], _ goal: Goal) -> [Bool] {
    let known = values.compactMap(\.self)
    guard known.count > 1, let low = known.min(), let high = known.max(), low < high else {
      return values.map { _ in false }
    }
    return values.map { $0 == (goal == .maximize ? high : low) }
  }

  static let template = """
    {{#tables}}<section aria-labelledby="{{id}}">
    <h2 id="{{id}}">{{heading}}</h2>
    <div class="wide" role="region" tabindex="0" aria-labelledby="{{id}}"><table class="sortable">
    <caption>{{caption}}</caption>
    <thead><tr><th scope="col" aria-sort="none" data-first="ascending"><button type="button" disabled="disabled">{{firstHead}}\
    </button></th>{{#heads}}<th scope="col" aria-sort="none" data-first="{{firstOrder}}"><button type="button" \
    disabled="disabled"><bdi>{{headTitle}}</bdi></button><small>{{hint}}</small></th>{{/heads}}</tr></thead>
    <tbody>
    {{#rows}}\(row){{/rows}}</tbody>
    {{#hasFoot}}<tfoot>
    {{#foot}}\(row){{/foot}}</tfoot>{{/hasFoot}}</table></div>
    </section>
    {{/tables}}
    """

  private static let row = """
    <tr><th scope="row">{{#rowLink}}<a href="{{.}}"><bdi>{{rowName}}</bdi></a>{{/rowLink}}\
    {{^rowLink}}<bdi>{{rowName}}</bdi>{{/rowLink}}</th>\
    {{#cells}}<td class="figure"{{#sortValue}} data-value="{{.}}"{{/sortValue}}>{{cellText}}\
    {{#isBest}} <span class="best">★<span class="unseen"> best</span></span>{{/isBest}}\
    {{#remark}}<small class="reason">{{.}}</small>{{/remark}}</td>{{/cells}}</tr>

    """

  static let style = """
    .sortable th button { font: inherit; color: inherit; background: none; border: 1px solid transparent; border-radius: .25rem;
      padding: 0 .25rem; margin-left: -.3rem; text-align: left; cursor: pointer; }
    .sortable th button:enabled::after { content: " ↕"; }
    .sortable th[aria-sort=ascending] button::after { content: " ↑"; }
    .sortable th[aria-sort=descending] button::after { content: " ↓"; }
    .sortable th[aria-sort=ascending], .sortable th[aria-sort=descending] { color: var(--ink); font-weight: 600; }
    .sortable thead th { min-width: 6rem; vertical-align: bottom; }
    .sortable tr > th:first-child { position: sticky; left: 0; background: var(--ground); min-width: 8.5rem; }
    .best { color: var(--good); white-space: nowrap; }
    tfoot th, tfoot td { color: var(--soft); font-weight: normal; border-bottom: 0; }
    tfoot tr:first-child > * { border-top: 2px solid var(--rule); }
    @media print { .sortable th button::after { content: ""; } .sortable tr > th:first-child { position: static; }
      .sortable thead th { min-width: 0; overflow-wrap: anywhere; } }
    """
}
