import MynahStatistics

/// How far synthetic rows are from real ones.
struct DistancesSection {
  let distances: [Row]

  struct Row {
    let distanceTitle: String
    let distanceNote: String
    let picture: DistancePicture
    let quantileNames: [String]
    let series: [Series]
  }
  struct Series {
    let seriesName: String
    let values: [String]
  }

  private static let levels = [0.01, 0.05, 0.25, 0.5, 0.75]

  /// Nil where no metric has distances to show.
  init?(_ report: HTMLReport) {
    let exhibits = report.exhibits.sorted { $0.key < $1.key }.flatMap(\.value)
    distances = exhibits.compactMap { exhibit in
      guard case .distances(let distances) = exhibit, let picture = DistancePicture(distances) else { return nil }
      return Row(
        distanceTitle: distances.title, distanceNote: distances.note, picture: picture,
        quantileNames: Self.levels.map { Figures.percent($0, digits: 0) },
        series: distances.series.filter { !$0.distances.isEmpty }.map { series in
          Series(
            seriesName: series.name,
            values: Self.levels.map { Figures.score(quantile($0, ofSorted: series.distances)) })
        })
    }
    if distances.isEmpty { return nil }
  }

  static let template = """
    {{#distanceSection}}<section aria-labelledby="distances">
    <h2 id="distances">Distances</h2>
    {{#distances}}<h3>{{distanceTitle}}</h3>
    <p class="note">{{distanceNote}}</p>
    {{#picture}}<p class="legend">{{#lines}}<svg width="28" height="10" aria-hidden="true">\
    <path class="{{style}}" d="M0 5H28"/></svg> <bdi>{{lineName}}</bdi> {{/lines}}</p>
    <svg viewBox="0 0 720 220" width="720" height="220" role="img" aria-label="{{distanceTitle}}: shares of rows by \
    distance; quantiles are in the table below">
    {{#shareTicks}}<path class="grid" d="M56 {{place}}H708"/><text x="50" y="{{place}}" dy="4" text-anchor="end">{{label}}\
    </text>{{/shareTicks}}
    {{#distanceTicks}}<text x="{{place}}" y="208" text-anchor="middle">{{label}}</text>{{/distanceTicks}}
    <path class="axis" d="M56 192H708"/>
    {{#lines}}<path class="{{style}}" d="{{path}}"/>
    {{/lines}}</svg>{{/picture}}
    <div class="wide" role="region" tabindex="0" aria-label="{{distanceTitle}}"><table>
    <caption>Quantiles of the distances</caption>
    <thead><tr><th scope="col">Distance</th>{{#quantileNames}}<th scope="col">{{.}}</th>{{/quantileNames}}</tr></thead>
    <tbody>{{#series}}<tr><th scope="row">{{seriesName}}</th>{{#values}}<td class="figure">{{.}}</td>{{/values}}</tr>
    {{/series}}</tbody></table></div>
    {{/distances}}</section>
    {{/distanceSection}}
    """
}
