/// The pairs of columns whose dependence is kept worst.
struct PairsSection {
  let pairsNote: String
  let hasPairs: Bool
  let pairs: [Row]

  struct Row {
    let first: String
    let second: String
    let measure: String
    let score: String
    let dependence: String
  }

  private static let shown = 20

  init(_ report: HTMLReport) {
    let pairs = report.evaluation.quality.trends.pairs
    let worst = pairs.compactMap { pair in pair.score.map { (pair, $0) } }.sorted { $0.1 < $1.1 }
    self.pairs = worst.prefix(Self.shown).map { Self.row($0, score: $1) }
    hasPairs = !worst.isEmpty
    pairsNote = Self.note(counted: worst.count, of: pairs.count)
  }

  private static func note(counted: Int, of all: Int) -> String {
    if counted == 0 { return "No two columns depend on each other strongly enough in the real table to count." }
    let which = counted > shown ? "The \(shown) worst of them" : "They"
    return "Of \(all) pairs, \(counted) depend on each other strongly enough in the real table to count. "
      + "\(which) are shown, worst first."
  }

  private static func row(_ pair: PairTrend, score: Double) -> Row {
    var dependence = ""
    if let real = pair.realCorrelation, let synthetic = pair.syntheticCorrelation {
      dependence = "r = \(Figures.fixed(real, 2)), synthetic \(Figures.fixed(synthetic, 2))"
    } else if let association = pair.realAssociation {
      dependence = "V = \(Figures.fixed(association, 2))"
    }
    return Row(
      first: pair.first, second: pair.second, measure: pair.metric.rawValue, score: Figures.fixed(score, 4),
      dependence: dependence)
  }

  static let template = """
    {{#pairSection}}<section aria-labelledby="pairs">
    <h2 id="pairs">Pairs of columns, worst first</h2>
    <p class="note">{{pairsNote}}</p>
    {{#hasPairs}}<div class="wide" role="region" tabindex="0" aria-labelledby="pairs"><table>
    <caption class="unseen">Pairs of columns</caption>
    <thead><tr><th scope="col">First</th><th scope="col">Second</th><th scope="col">Score</th>\
    <th scope="col">Dependence in the real table</th></tr></thead>
    <tbody>
    {{#pairs}}<tr><th scope="row"><bdi>{{first}}</bdi></th><td class="value"><bdi>{{second}}</bdi></td>\
    <td class="figure">{{score}}<small>{{measure}}</small></td><td class="figure">{{dependence}}</td></tr>
    {{/pairs}}</tbody></table></div>{{/hasPairs}}
    </section>
    {{/pairSection}}
    """
}
