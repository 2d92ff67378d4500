import Foundation
import MynahEvaluation
import MynahTables

/// A synthetic table held against the real one, and, as a yardstick, unseen real rows held against the same.
public struct TableEvaluation: Codable, Sendable, Equatable {
  public var rows: Int
  public var quality: QualityReport
  /// What rows that no model made score: nobody can expect a synthetic table to do better.
  public var yardstick: QualityReport?

  /// - Parameter metrics: `shape`, `trend` or both.
  /// - Throws: `TableError` where the tables cannot be compared.
  public init(
    of synthetic: Table, against train: Table, holdout: Table? = nil,
    metrics: [String] = ExperimentConfiguration.metrics
  ) throws(TableError) {
    rows = synthetic.rowCount
    quality = try Self.compare(synthetic, train, metrics)
    if let holdout { yardstick = try Self.compare(holdout, train, metrics) }
  }

  private static func compare(
    _ table: Table, _ real: Table, _ metrics: [String]
  ) throws(TableError) -> QualityReport {
    QualityReport(
      shapes: metrics.contains("shape")
        ? try ColumnShapes().report(table, against: real) : ColumnShapesReport(columns: []),
      trends: metrics.contains("trend")
        ? try ColumnPairTrends().report(table, against: real) : ColumnPairTrendsReport(pairs: []))
  }

  /// As `metrics.json` holds it.
  public func json() throws -> [UInt8] { Array(try JSONEncoder.forResults.encode(self)) + [UInt8(ascii: "\n")] }

  /// The figures for a reader: means, and the columns and pairs that are worst.
  public func text(worst count: Int = 5) -> String {
    var lines = [line("shape", quality.shape, yardstick?.shape), line("trend", quality.trend, yardstick?.trend)]
    lines.append(line("quality", quality.quality, yardstick?.quality))
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

  private func line(_ name: String, _ score: Double?, _ unseen: Double?) -> String {
    let padded = name.padding(toLength: 8, withPad: " ", startingAt: 0)
    let figure = score.map(Self.figure) ?? "no figure"
    return unseen.map { "\(padded) \(figure)  (unseen real rows: \(Self.figure($0)))" } ?? "\(padded) \(figure)"
  }

  private static func figure(_ score: Double) -> String { String(format: "%.4f", score) }
}
