/// Losses and scores over the epochs.
struct TrainingSection {
  let charts: [Chart]

  struct Chart {
    let chartTitle: String
    let chartNote: String
    let chart: LossChart
  }

  /// Nil for a model without epochs.
  init?(_ report: HTMLReport) {
    let losses = LossChart(report.training).map {
      Chart(
        chartTitle: "Losses by epoch",
        chartNote: "The mean of each loss over the steps of an epoch, against the epoch.",
        chart: $0)
    }
    let scores = LossChart(report.scores.map { ($0.epoch, $0.scores) }).map {
      Chart(
        chartTitle: "Scores by epoch",
        chartNote: "How near sampled rows were to rows held out from training, against the epoch; 1 is best.", chart: $0
      )
    }
    charts = [losses, scores].compactMap(\.self)
    if charts.isEmpty { return nil }
  }

  static let template = """
    {{#trainingSection}}<section aria-labelledby="training">
    <h2 id="training">Training</h2>
    {{#charts}}<h3>{{chartTitle}}</h3>
    <p class="note">{{chartNote}}</p>
    {{#chart}}<p class="legend">{{#lines}}<svg width="28" height="10" aria-hidden="true"><path class="{{style}}" d="M0 5H28"/></svg> \
    <bdi>{{name}}</bdi>, at last {{last}} {{/lines}}</p>
    <svg viewBox="0 0 720 220" width="720" height="220" role="img" aria-label="{{chartTitle}}">
    {{#valueTicks}}<path class="grid" d="M56 {{place}}H708"/><text x="50" y="{{place}}" dy="4" text-anchor="end">{{label}}\
    </text>{{/valueTicks}}
    {{#epochTicks}}<text x="{{place}}" y="208" text-anchor="middle">{{label}}</text>{{/epochTicks}}
    <path class="axis" d="M56 192H708"/>
    {{#lines}}<path class="{{style}}" d="{{path}}"/>
    {{/lines}}</svg>
    {{/chart}}{{/charts}}</section>
    {{/trainingSection}}
    """
}
