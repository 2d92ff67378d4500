/// The card: what was made, from what, how, for what use, at what risk, by whom and when.
struct CardSection {
  let rows: [PageRow]
  let hasRisks: Bool
  let risks: [Risk]

  struct Risk {
    let metric: String
    let measured: String
    let interval: String
    let ofUnseen: String
    let best: String
  }

  init(_ card: Card) {
    rows = Self.what(card) + Self.from(card.source) + Self.how(card.method) + Self.why(card)
    risks = card.measurements.filter { $0.value.family == .privacy }.sorted { $0.key < $1.key }.map { name, found in
      var interval = ""
      if let low = found.low, let high = found.high { interval = "\(Figures.score(low)) to \(Figures.score(high))" }
      return Risk(
        metric: name, measured: found.value.map(Figures.score) ?? "none: \(found.reason ?? "not computed")",
        interval: interval, ofUnseen: found.unseen.map(Figures.score) ?? "–",
        best: found.goal == .maximize ? "more is better" : "less is better")
    }
    hasRisks = !risks.isEmpty
  }

  private static func what(_ card: Card) -> [PageRow] {
    var rows = [
      PageRow(label: "Name", value: card.name), PageRow(label: "Made", value: card.created),
      PageRow(label: "Responsible", value: card.author ?? "nobody is named"),
      PageRow(label: "Released", value: card.released ? "yes" : "no"), file("Synthetic table", card.table),
    ]
    if let rejected = card.rejectedRows {
      rows.append(PageRow(label: "Rows left out", value: "\(rejected), which a reviewer rejected"))
    }
    return rows
  }

  private static func from(_ source: Card.Source) -> [PageRow] {
    var rows = [file("Made from", source.train)]
    if let holdout = source.holdout {
      rows.append(file("Unseen rows", holdout))
    } else if let fraction = source.holdoutFraction {
      rows.append(PageRow(label: "Unseen rows", value: "\(Figures.percent(fraction)) of the file, held out"))
    } else {
      rows.append(PageRow(label: "Unseen rows", value: "none"))
    }
    rows.append(PageRow(label: "Columns dropped", value: list(source.droppedColumns)))
    rows.append(PageRow(label: "Columns made coarser", value: list(source.generalisedColumns)))
    if let target = source.target { rows.append(PageRow(label: "Target", value: target)) }
    return rows
  }

  private static func how(_ method: Card.Method) -> [PageRow] {
    var rows = [
      PageRow(label: "Model", value: method.model),
      PageRow(label: "Hyperparameters", value: pairs(method.hyperparameters)),
      PageRow(label: "Seed", value: String(method.seed)),
    ]
    if let epochs = method.epochs { rows.append(PageRow(label: "Epochs", value: String(epochs))) }
    if !method.conditions.isEmpty { rows.append(PageRow(label: "Conditions", value: pairs(method.conditions))) }
    rows.append(PageRow(label: "Program", value: method.program))
    return rows
  }

  private static func why(_ card: Card) -> [PageRow] {
    let guarantee = card.privacyGuarantee
    let bounds = [("ε", guarantee.epsilon), ("δ", guarantee.delta)].compactMap { name, value in
      value.map { "\(name) = \(Figures.significant($0))" }
    }
    return [
      PageRow(label: "For", value: card.purpose.map { list($0.for) } ?? "no use is named"),
      PageRow(label: "Not for", value: card.purpose.map { list($0.against) } ?? "no use is named"),
      PageRow(
        label: "Privacy guarantee",
        value: guarantee == .none ? "none" : ([guarantee.kind] + bounds).joined(separator: ", ")),
    ]
  }

  private static func file(_ label: String, _ file: Card.File) -> PageRow {
    PageRow(
      label: label, value: "\(file.name): \(file.rows) rows, \(file.columns.count) columns, SHA-256 \(file.sha256)")
  }

  private static func list(_ items: [String]) -> String { items.isEmpty ? "none" : items.joined(separator: ", ") }

  private static func pairs(_ values: [String: String]) -> String {
    list(values.sorted { $0.key < $1.key }.map { "\($0) \($1)" })
  }

  static let template = """
    {{#cardSection}}<section aria-labelledby="card">
    <h2 id="card">Card</h2>
    <table class="plain"><caption class="unseen">What the table is, what it was made from and how</caption><tbody>
    {{#rows}}<tr><th scope="row">{{label}}</th><td class="value">{{value}}</td></tr>
    {{/rows}}</tbody></table>
    {{#hasRisks}}<h3 id="risks">Measured risks</h3>
    <div class="wide" role="region" tabindex="0" aria-labelledby="risks"><table>
    <caption class="unseen">Measured risks</caption>
    <thead><tr><th scope="col">Metric</th><th scope="col">Figure</th><th scope="col">95 %</th>\
    <th scope="col">Unseen real rows</th><th scope="col">Reading</th></tr></thead>
    <tbody>{{#risks}}<tr><th scope="row">{{metric}}</th><td class="figure">{{measured}}</td><td class="figure">{{interval}}</td>\
    <td class="figure">{{ofUnseen}}</td><td>{{best}}</td></tr>
    {{/risks}}</tbody></table></div>{{/hasRisks}}
    </section>
    {{/cardSection}}
    """
}
