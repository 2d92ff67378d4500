import Foundation
import MynahEvaluation
import MynahSynthesizers
import MynahTables

/// `report.html` of one generator.
struct RunReport {
  var title: String
  var generator: GeneratorConfiguration
  var data: ExperimentData
  var file: ModelFile
  var evaluation: TableEvaluation
  var exhibits: [String: [Exhibit]]
  var metrics: [any Metric]
  var real: RealData
  var synthetic: Table
  var training: [EpochReport]
  var summary: TrainingSummary?
  var secondsToFit: Double

  func html() -> String {
    HTMLReport(
      title: title, facts: facts, evaluation: evaluation, exhibits: exhibits, metrics: metrics, real: real,
      synthetic: synthetic, training: training.map { ($0.epoch, $0.losses) }, scores: scores, provenance: provenance
    ).render()
  }

  private var scores: [(epoch: Int, scores: [String: Double])] {
    training.compactMap { report in
      guard let quality = report.quality else { return nil }
      var scores = ["shape": quality.shape]
      scores["trend"] = quality.trend
      return (report.epoch, scores)
    }
  }

  private var facts: [(String, String)] {
    var facts = [
      ("Model", generator.kind), ("Training table", data.train.name),
      ("Training rows", String(data.train.table.rowCount)), ("Synthetic rows", String(synthetic.rowCount)),
      ("Fitted in", String(format: "%.1f s", secondsToFit)),
    ]
    if let unseen = evaluation.yardstick?.quality {
      facts.append(("Quality of unseen real rows", String(format: "%.4f", unseen)))
    }
    for (name, score) in (evaluation.scores ?? [:]).sorted(by: { $0.key < $1.key }) {
      facts.append((name, score.value.map { String(format: "%.4f", $0) } ?? score.reason ?? ""))
    }
    if let summary { facts.append(("Epochs", summary.text)) }
    return facts
  }

  private var provenance: [(String, String)] {
    [
      ("Program", "mynah \(file.provenance.version)"), ("Seed", String(file.provenance.seed)),
      ("SHA-256 of the training table", file.provenance.dataSHA256), ("Hyperparameters", file.hyperparameters),
    ]
  }
}
