import MynahTables

/// Column shapes and column pair trends of a synthetic table, with every column's and every pair's own score: what
/// SDMetrics calls its Quality report. Encodes into `metrics.json` as
///
/// ```json
/// { "quality": 0.93, "shape": 0.95, "shape_error": 0.05, "trend": 0.91, "trend_error": 0.09,
///   "columns": [{ "name": "age", "metric": "KSComplement", "score": 0.97 }],
///   "pairs": [{ "first": "age", "second": "income", "metric": "ContingencySimilarity", "score": 0.88 }] }
/// ```
public struct QualityReport: Sendable, Equatable {
  public let shapes: ColumnShapesReport
  public let trends: ColumnPairTrendsReport

  public init(shapes: ColumnShapesReport, trends: ColumnPairTrendsReport) {
    self.shapes = shapes
    self.trends = trends
  }

  /// Compares two tables, column by column and pair by pair.
  ///
  /// - Throws: `TableError` that names the columns the synthetic table lacks.
  public init(
    comparing synthetic: Table, with real: Table, trends: ColumnPairTrends = ColumnPairTrends()
  ) throws(TableError) {
    self.init(
      shapes: try ColumnShapes().report(synthetic, against: real),
      trends: try trends.report(synthetic, against: real))
  }

  /// The mean of `shape` and `trend`, or the one there is.
  public var quality: Double? { meanOfScores([shape, trend]) }
  /// The mean score of the columns, in [0, 1], 1 is best.
  public var shape: Double? { shapes.score }
  /// The mean score of the pairs, in [0, 1], 1 is best.
  public var trend: Double? { trends.score }
  /// `1 - shape`, as published tables give it.
  public var shapeError: Double? { shapes.error }
  /// `1 - trend`, as published tables give it.
  public var trendError: Double? { trends.error }
}

extension QualityReport: Codable {
  private enum CodingKeys: String, CodingKey {
    case quality, shape, trend, columns, pairs
    case shapeError = "shape_error"
    case trendError = "trend_error"
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(quality, forKey: .quality)
    try values.encode(shape, forKey: .shape)
    try values.encode(shapeError, forKey: .shapeError)
    try values.encode(trend, forKey: .trend)
    try values.encode(trendError, forKey: .trendError)
    try values.encode(shapes.columns, forKey: .columns)
    try values.encode(trends.pairs, forKey: .pairs)
  }

  /// Reads the columns and pairs; the means follow from them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      shapes: ColumnShapesReport(columns: try values.decode([ColumnShape].self, forKey: .columns)),
      trends: ColumnPairTrendsReport(pairs: try values.decode([PairTrend].self, forKey: .pairs)))
  }
}
