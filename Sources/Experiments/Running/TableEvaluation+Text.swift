import Foundation
import MynahEvaluation

extension TableEvaluation {
  /// As `metrics.json` holds it.
  public func json() throws -> [UInt8] { Array(try JSONEncoder.forResults.encode(self)) + [UInt8(ascii: "\n")] }

  /// The figures for a reader: means, and the columns and pairs that are worst.
  public func text(worst count: Int = 5) -> String {
    // Nothing is said of what was not asked for.
    let (hasShapes, hasTrends) = (!quality.shapes.columns.isEmpty, !quality.trends.pairs.isEmpty)
    var lines: [String] = []
    if hasShapes { lines.append(line("shape", quality.shape, yardstick?.shape, floor?.shape)) }
    if hasTrends { lines.append(line("trend", quality.trend, yardstick?.trend, floor?.trend)) }
    if hasShapes, hasTrends {
      lines.append(line("quality", quality.quality, yardstick?.quality, floor?.quality))
    }
    for (name, score) in (scores ?? [:]).sorted(by: { $0.key < $1.key }) {
      lines.append(
        line(name, score.value, score.unseen, score.marginals) + (score.reason.map { ": \($0)" } ?? ""))
    }
    let columns = quality.shapes.columns.compactMap { column in column.score.map { (column.name, $0) } }
    let pairs = quality.trends.pairs.compactMap { pair in pair.score.map { ("\(pair.first) × \(pair.second)", $0) } }
    for (title, scores) in [("worst columns", columns), ("worst pairs", pairs)] where !scores.isEmpty {
      lines.append("\(title):")
      for (name, score) in scores.sorted(by: { ($0.1, $0.0) < ($1.1, $1.0) }).prefix(count) {
        lines.append("  \(Self.figure(score))  \(name)")
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(_ name: String, _ score: Double?, _ unseen: Double?, _ marginals: Double?) -> String {
    let padded = name.padding(toLength: max(8, name.count), withPad: " ", startingAt: 0)
    let figure = score.map(Self.figure) ?? "no figure"
    let yardsticks = [
      unseen.map { "unseen real rows: \(Self.figure($0))" },
      marginals.map { "independent columns: \(Self.figure($0))" },
    ].compactMap(\.self)
    return "\(padded) \(figure)" + (yardsticks.isEmpty ? "" : "  (\(yardsticks.joined(separator: ", ")))")
  }

  private static func figure(_ score: Double) -> String { String(format: "%.4f", score) }
}
