import Foundation
import MynahEvaluation

/// `report.html` of a run with several generators.
struct RunComparison {
  var configuration: ExperimentConfiguration
  var data: ExperimentData
  var metrics: RunMetrics
  var seconds: [String: Double]

  func html() -> String {
    ComparisonHTMLReport(
      title: configuration.name,
      facts: [
        ("Training table", data.train.name), ("Training rows", String(data.train.table.rowCount)),
        ("Unseen rows", data.holdout.map { String($0.rowCount) } ?? "none"),
      ],
      entries: metrics.generators.map(entry), metrics: configuration.metrics,
      provenance: [
        ("Program", "mynah \(mynahVersion)"), ("Seed", String(configuration.seed)),
        ("SHA-256 of the training table", data.train.sha256),
      ]
    ).render()
  }

  private func entry(_ result: GeneratorResult) -> ComparisonHTMLReport.Entry {
    var facts: [(String, String)] = [("Model", result.kind)]
    if let training = result.training { facts.append(("Epochs", String(training.epochs))) }
    if let seconds = seconds[result.name] { facts.append(("Seconds to fit", String(format: "%.1f", seconds))) }
    if let failure = result.failure { facts.append(("Trouble", failure)) }
    return ComparisonHTMLReport.Entry(
      name: result.name, link: "\(result.name)/report.html", evaluation: result.evaluation, gates: result.gates ?? [],
      facts: facts)
  }
}
