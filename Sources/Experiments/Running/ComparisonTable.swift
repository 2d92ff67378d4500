import Foundation
import MynahEvaluation

/// Several generators side by side, best first, as a Markdown table that also reads well on a terminal.
struct ComparisonTable {
  private let header: [String]
  private let rows: [[String]]

  init(_ summary: RunSummary) {
    let metrics = summary.metrics
    let ranked = metrics.generators.sorted {
      ($0.evaluation.quality.quality ?? -1, $1.name) > ($1.evaluation.quality.quality ?? -1, $0.name)
    }
    let others = Set(metrics.generators.flatMap { ($0.evaluation.scores ?? [:]).keys }).sorted()
    header = ["model", "shape error", "trend error"] + others + ["epochs", "kept", "seconds to fit"]
    var rows = ranked.map { result -> [String] in
      let scores = others.map { Self.figure(result.evaluation.scores?[$0]?.value) }
      return [
        result.name + (result.failure == nil ? "" : " (diverged)"), Self.figure(result.evaluation.quality.shapeError),
        Self.figure(result.evaluation.quality.trendError),
      ] + scores + [
        result.training.map { String($0.epochs) } ?? "",
        result.training?.bestEpoch.map(String.init) ?? "",
        summary.secondsToFit[result.name].map { String(format: "%.1f", $0) } ?? "",
      ]
    }
    if let unseen = metrics.generators.lazy.compactMap(\.evaluation.yardstick).first {
      let scores = others.map { name in
        Self.figure(metrics.generators.lazy.compactMap { $0.evaluation.scores?[name]?.unseen }.first)
      }
      rows.append(
        ["(unseen real rows)", Self.figure(unseen.shapeError), Self.figure(unseen.trendError)] + scores + ["", "", ""])
    }
    self.rows = rows
  }

  var text: String {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).enumerated().map { place, cell in
        let space = String(repeating: " ", count: cell.1 - cell.0.count)
        return place == 0 ? cell.0 + space : space + cell.0
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    let rule = widths.enumerated().map { place, width in
      place == 0 ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
    }
    return ([line(header), line(rule)] + rows.map(line)).joined()
  }

  private static func figure(_ value: Double?) -> String { value.map { String(format: "%.4f", $0) } ?? "" }
}
