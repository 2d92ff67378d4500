import MynahParallelism
import MynahStatistics
import MynahTables

/// Every column's distribution, the real one and the synthetic one over it, worst first.
struct ColumnsSection {
  let columnsNote: String?
  let columns: [Row]
  let histogramWidth = Figures.fixed(HistogramPicture.width, 0)
  let histogramHeight = Figures.fixed(HistogramPicture.height, 0)

  struct Row {
    let name: String
    let kind: String
    let measure: String
    let score: String?
    let reason: String?
    let missing: String?
    let histogram: HistogramPicture?
    let levels: LevelsPicture?
    let quantiles: Quantiles?
  }
  struct Quantiles {
    let levelNames: [String]
    let sources: [Source]

    struct Source {
      let source: String
      let values: [String]
    }
  }

  private static let cells = 50_000_000
  private static let quantileLevels = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// Worst first; columns that the synthetic table has no value of come before all, others without a score last.
  init(_ report: HTMLReport) {
    let shapes = report.evaluation.quality.shapes.columns
    let pictured = PicturedTables(
      report.real.train, report.synthetic, most: PicturedTables.rows(cells: Self.cells, columns: shapes.count))
    let byName = Dictionary(pictured.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    func rank(_ shape: ColumnShape) -> Double {
      shape.score ?? (shape.reason == ColumnShapes.lostReason ? -1 : 2)
    }
    let sorted = shapes.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }.map(\.element)
    columnsNote = pictured.note
    let hidesRare = !report.showsRealRows
    columns = parallelMap(sorted.count) { Self.row(sorted[$0], byName[sorted[$0].name], hidesRare: hidesRare) }
  }

  private static func row(_ shape: ColumnShape, _ column: AlignedColumn?, hidesRare: Bool) -> Row {
    let numbers = column.flatMap(SortedNumbers.init)
    return Row(
      name: shape.name, kind: column?.kind.rawValue ?? "", measure: shape.metric.rawValue,
      score: shape.score.map { Figures.fixed($0, 4) }, reason: shape.reason, missing: column.flatMap(missingShares),
      histogram: numbers.map(HistogramPicture.init), levels: column.flatMap { LevelsPicture($0, hidesRare: hidesRare) },
      quantiles: numbers.map(quantiles))
  }

  private static func quantiles(_ numbers: SortedNumbers) -> Quantiles {
    Quantiles(
      levelNames: quantileLevels.map { Figures.percent($0, digits: 0) },
      sources: [("real", numbers.real), ("synthetic", numbers.synthetic)].map { name, sorted in
        Quantiles.Source(
          source: name,
          values: quantileLevels.map { HistogramPicture.label(quantile($0, ofSorted: sorted), numbers.kind) })
      })
  }

  private static func missingShares(_ column: AlignedColumn) -> String? {
    let shares = [column.real, column.synthetic].map { column in
      column.count == 0 ? 0 : Double(column.missingCount) / Double(column.count)
    }
    return shares == [0, 0] ? nil : "\(Figures.fixed(100 * shares[0], 1)) / \(Figures.percent(shares[1]))"
  }

  static let template = """
    {{#columnSection}}<section aria-labelledby="columns">
    <h2 id="columns">Columns, worst first</h2>
    <p class="legend"><span class="key real"></span> real <span class="key synthetic"></span> synthetic</p>
    <p class="note">Scores are at most 1: KSComplement is 1 − the largest distance between the two cumulative distributions,
    TVComplement 1 − half the sum of the differences of levels' shares.</p>
    {{#columnsNote}}<p class="note">{{.}}</p>{{/columnsNote}}
    <div class="wide" role="region" tabindex="0" aria-labelledby="columns"><table class="columns">
    <caption class="unseen">Distributions of single columns</caption>
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
    {{#quantiles}}<table class="quantiles figure"><caption class="unseen">Quantiles of {{name}}</caption><thead><tr>\
    <th scope="col">quantile</th>{{#levelNames}}<th scope="col">{{.}}</th>{{/levelNames}}</tr></thead><tbody>\
    {{#sources}}<tr><th scope="row">{{source}}</th>{{#values}}<td>{{.}}</td>{{/values}}</tr>{{/sources}}</tbody></table>\
    {{/quantiles}}\
    {{#levels}}<svg viewBox="0 0 {{histogramWidth}} {{height}}" width="{{histogramWidth}}" height="{{height}}" \
    role="img" aria-label="Shares of the levels of {{name}}: {{spokenBars}}">{{#bars}}<g><title>{{label}}: {{figures}}</title>\
    <text x="114" y="{{textY}}" text-anchor="end">{{shortLabel}}</text>\
    <rect class="real" x="120" y="{{realY}}" width="{{realWidth}}" height="6"/>\
    <rect class="synthetic" x="120" y="{{syntheticY}}" width="{{syntheticWidth}}" height="6"/>\
    <text x="{{histogramWidth}}" y="{{textY}}" text-anchor="end">{{figures}}</text></g>{{/bars}}</svg>{{/levels}}</td>
    </tr>
    {{/columns}}</tbody></table></div>
    </section>
    {{/columnSection}}
    """
}
