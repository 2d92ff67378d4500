import MynahTables

/// Heat maps of how strongly columns depend on each other: real, synthetic, and the difference.
struct DependenceSection {
  let dependenceNote: String
  let maps: [HeatMapPicture]
  let hasDifferences: Bool
  let differences: [Row]

  struct Row {
    let first: String
    let second: String
    let measure: String
    let inReal: String
    let inSynthetic: String
    let difference: String
  }

  /// Columns of a map.
  private static let columns = 40
  private static let listed = 15
  /// Cells times partners that are looked at, about.
  private static let work = 1_000_000_000

  /// Nil where no two columns can be compared.
  init?(_ report: HTMLReport) {
    let count = report.real.train.schema.columns.count
    let pairs = count * (count - 1) / 2
    let pictured = PicturedTables(
      report.real.train, report.synthetic, most: PicturedTables.rows(cells: Self.work, columns: pairs))
    let table = DependenceTable(pictured.columns.filter { $0.mismatch == nil })
    guard table.pairs.contains(where: { $0.real != nil }) else { return nil }
    let shown = table.worstColumns(Self.columns)
    var notes = [
      "Pearson's r of two columns of numbers, the correlation ratio η of numbers and levels, "
        + "Cramér's V of two columns of levels."
    ]
    if shown.count < table.names.count {
      notes.append("The \(shown.count) of \(table.names.count) columns whose dependences differ most.")
    }
    notes += [pictured.note].compactMap(\.self)
    dependenceNote = notes.joined(separator: " ")
    maps = [
      HeatMapPicture("Real", table, shown) { $0.real }, HeatMapPicture("Synthetic", table, shown) { $0.synthetic },
      HeatMapPicture("Difference, synthetic − real", table, shown) { $0.difference },
    ]
    differences = table.worst(Self.listed).map { pair in
      Row(
        first: table.names[pair.first], second: table.names[pair.second], measure: pair.measure,
        inReal: pair.real.map { Figures.fixed($0, 3) } ?? "none",
        inSynthetic: pair.synthetic.map { Figures.fixed($0, 3) } ?? "none",
        difference: pair.difference.map { ($0 > 0 ? "+" : "") + Figures.fixed($0, 3) } ?? "none")
    }
    hasDifferences = !differences.isEmpty
  }

  static let template = """
    {{#dependenceSection}}<section aria-labelledby="dependences">
    <h2 id="dependences">Dependences between columns</h2>
    <p class="note">{{dependenceNote}} Each cell is named where the pointer rests on it.</p>
    <p class="legend"><span class="swatch cold"></span>−1 <span class="swatch warm"></span>+1, paler towards 0, \
    framed where there is no figure</p>
    <div class="figures">
    {{#maps}}<figure><figcaption>{{mapTitle}}</figcaption>
    <svg viewBox="0 0 {{side}} {{side}}" width="{{side}}" height="{{side}}" role="img" \
    aria-label="{{mapTitle}}: the largest are in the table below">
    {{#names}}<text x="{{nameEnd}}" y="{{row}}" text-anchor="end">{{short}}<title>{{full}}</title></text>\
    <text transform="translate({{column}} {{nameEnd}}) rotate(-90)">{{short}}<title>{{full}}</title></text>
    {{/names}}{{#cells}}<rect class="{{sign}}" x="{{x}}" y="{{y}}" width="{{size}}" height="{{size}}" \
    fill-opacity="{{strength}}"><title>{{text}}</title></rect>
    {{/cells}}</svg></figure>
    {{/maps}}</div>
    {{#hasDifferences}}<div class="wide" role="region" tabindex="0" aria-label="Largest differences"><table>
    <caption>The largest differences</caption>
    <thead><tr><th scope="col">First</th><th scope="col">Second</th><th scope="col">Measure</th><th scope="col">Real</th>\
    <th scope="col">Synthetic</th><th scope="col">Difference</th></tr></thead>
    <tbody>
    {{#differences}}<tr><th scope="row"><bdi>{{first}}</bdi></th><td class="value"><bdi>{{second}}</bdi></td>\
    <td>{{measure}}</td><td class="figure">{{inReal}}</td><td class="figure">{{inSynthetic}}</td>\
    <td class="figure">{{difference}}</td></tr>
    {{/differences}}</tbody></table></div>{{/hasDifferences}}
    </section>
    {{/dependenceSection}}
    """
}
