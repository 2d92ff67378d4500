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
  var synthetic: Table
  var card: Card
  var showsRealRows: Bool
  var training: [EpochReport]
  var summary: TrainingSummary?
  var secondsToFit: Double

  func html() -> String {
    HTMLReport(
      title: title, facts: facts, evaluation: evaluation, exhibits: exhibits, metrics: metrics, real: data.real,
      synthetic: synthetic, gates: card.gates, card: card,
      review: ReviewSubject(tableSHA256: card.table.sha256, trainSHA256: data.train.sha256),
      showsRealRows: showsRealRows, training: training.map { ($0.epoch, $0.losses) }, scores: scores,
      provenance: provenance
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
