import Foundation
import MynahEvaluation
import MynahRandomness
import MynahTables

/// A synthetic table held against the real one, and, as a yardstick, unseen real rows held against the same.
public struct TableEvaluation: Codable, Sendable, Equatable {
  public var rows: Int
  public var quality: QualityReport
  /// What rows that no model made score: nobody can expect a synthetic table to do better.
  public var yardstick: QualityReport?
  /// Scores of the metrics besides shape and trend, by name; nil where there are no others.
  public var scores: [String: MetricScore]?

  /// Judges a table by `shape`, `trend`, both, and any others.
  ///
  /// - Parameters:
  ///   - synthetic: with the columns of `train`.
  ///   - train: what the model was fitted to.
  ///   - holdout: rows that the model has not seen.
  ///   - target: the column that the data are about.
  ///   - metrics: each of another name.
  ///   - random: the same for every metric, whatever others there are.
  /// - Throws: `TableError` where the tables cannot be compared; what a metric throws.
  public init(
    of synthetic: Table, against train: Table, holdout: Table? = nil, target: String? = nil,
    metrics: [any Metric] = [ColumnShapes(), ColumnPairTrends()], using random: RandomSource = RandomSource(seed: 1)
  ) throws {
    rows = synthetic.rowCount
    quality = try Self.compare(synthetic, train, metrics)
    if let holdout { yardstick = try Self.compare(holdout, train, metrics) }
    let real = RealData(train: train, holdout: holdout, target: target)
    let others = metrics.filter { !($0 is ColumnShapes) && !($0 is ColumnPairTrends) }
    guard !others.isEmpty else { return }
    scores = [:]
    for metric in others {
      scores?[type(of: metric).identifier] = try MetricScore(of: synthetic, against: real, by: metric, using: random)
    }
  }

  private static func compare(
    _ table: Table, _ real: Table, _ metrics: [any Metric]
  ) throws(TableError) -> QualityReport {
    let shapes = metrics.lazy.compactMap { $0 as? ColumnShapes }.first
    let trends = metrics.lazy.compactMap { $0 as? ColumnPairTrends }.first
    return QualityReport(
      shapes: try shapes?.report(table, against: real) ?? ColumnShapesReport(columns: []),
      trends: try trends?.report(table, against: real) ?? ColumnPairTrendsReport(pairs: []))
  }

  /// As `metrics.json` holds it.
  public func json() throws -> [UInt8] { Array(try JSONEncoder.forResults.encode(self)) + [UInt8(ascii: "\n")] }

  /// The figures for a reader: means, and the columns and pairs that are worst.
  public func text(worst count: Int = 5) -> String {
    var lines = [line("shape", quality.shape, yardstick?.shape), line("trend", quality.trend, yardstick?.trend)]
    lines.append(line("quality", quality.quality, yardstick?.quality))
    for (name, score) in (scores ?? [:]).sorted(by: { $0.key < $1.key }) {
      lines.append(line(name, score.value, score.unseen) + (score.reason.map { ": \($0)" } ?? ""))
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

  private func line(_ name: String, _ score: Double?, _ unseen: Double?) -> String {
    let padded = name.padding(toLength: max(8, name.count), withPad: " ", startingAt: 0)
    let figure = score.map(Self.figure) ?? "no figure"
    return unseen.map { "\(padded) \(figure)  (unseen real rows: \(Self.figure($0)))" } ?? "\(padded) \(figure)"
  }

  private static func figure(_ score: Double) -> String { String(format: "%.4f", score) }
}
