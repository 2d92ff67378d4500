import Foundation
import MynahEvaluation
import MynahTables
import MynahTestSupport
import Testing

@Suite("Shapes and trends agree with SDMetrics")
struct QualityReportTests {
  static let golden = Result { try GoldenFile.load("sdmetrics.json") }

  @Test("200 rows with every kind of column") func small() throws {
    let real = try GoldenTables.small(firstRow: 0, scale: 1)
    let synthetic = try GoldenTables.small(firstRow: 5000, scale: 1.25)
    try Self.expectAgreement("small", synthetic, real)
  }

  private static let names = ["adult", "default", "shoppers"]

  @Test(
    "A real table against copies of it and against CTGAN's rows",
    .enabled(if: names.allSatisfy { realTable("\($0)_train.csv") != nil }, Comment(rawValue: needsRealTables)),
    arguments: names)
  func literature(name: String) throws {
    let real = try RealTables.read(name, try #require(realTable("\(name)_train.csv")))
    try Self.expectAgreement("\(name)-shuffled", GoldenTables.shuffled(real), real)
    try Self.expectAgreement("\(name)-noised", GoldenTables.noised(real), real)
    try Self.expectAgreement("\(name)-peer", RealTables.peer(name), real)
  }

  static func expectAgreement(_ name: String, _ synthetic: Table, _ real: Table) throws {
    let expected = try #require(try golden.get().cases[name], "no case '\(name)' in the golden file")
    let report = try QualityReport(comparing: synthetic, with: real)
    expectClose(report.shape, expected.default.overall[0], "\(name): shape")
    expectClose(report.trend, expected.default.overall[1], "\(name): trend")
    expectClose(report.quality, expected.default.overall[2], "\(name): quality")
    #expect(report.shapes.columns.map(\.name) == expected.columns.map(\.name))
    for (found, wanted) in zip(report.shapes.columns, expected.columns) {
      #expect(found.metric.rawValue == wanted.metric)
      expectClose(found.score, wanted.score, "\(name): shape of \(found.name)")
      #expect((found.score == nil) == (found.reason != nil))
    }
    expectPairs(report.trends, expected.default, name)
    let all = try ColumnPairTrends(correlationThreshold: 0, associationThreshold: 0).report(synthetic, against: real)
    expectClose(all.score, expected.unthresholded.overall[1], "\(name): trend without thresholds")
    expectPairs(all, expected.unthresholded, "\(name) without thresholds")
  }

  static func expectPairs(_ found: ColumnPairTrendsReport, _ expected: GoldenFile.Trends, _ name: String) {
    #expect(found.pairs.count == expected.pairs.count)
    for (pair, wanted) in zip(found.pairs, expected.pairs) {
      let label = "\(name): \(wanted.first)|\(wanted.second)"
      #expect([pair.first, pair.second, pair.metric.rawValue] == [wanted.first, wanted.second, wanted.metric])
      expectClose(pair.score, wanted.numbers[0], label)
      #expect((pair.score == nil) == (pair.reason != nil))
      // SDMetrics leaves out what it does not need for the score; where it says a figure, ours is the same.
      for (figure, value) in zip(
        [pair.realCorrelation, pair.syntheticCorrelation, pair.realAssociation], wanted.numbers[1...])
      {
        if let value { expectClose(figure, value, label + " dependence") }
      }
    }
  }

  static func expectClose(_ found: Double?, _ expected: Double?, _ label: String) {
    switch (found, expected) {
    case (nil, nil): break
    case (let found?, let expected?):
      // All that may differ is rounding, and SDMetrics' 0.000001 real rows for each level that has none: 5e-9 of the
      // 200 small rows.
      #expect(abs(found - expected) < 1e-8, "\(label): \(found), SDMetrics says \(expected)")
    default: Issue.record("\(label): \(String(describing: found)), SDMetrics says \(String(describing: expected))")
    }
  }
}

/// What make_sdmetrics.py wrote.
struct GoldenFile: Decodable {
  struct Case: Decodable {
    var `default`: Trends
    var unthresholded: Trends
    var columns: [Column]
  }
  struct Trends: Decodable {
    /// Shape, trend, quality.
    var overall: [Double?]
    var pairs: [Pair]
  }
  struct Column: Decodable {
    var name: String, metric: String, score: Double?
    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      (name, metric) = (try row.decode(String.self), try row.decode(String.self))
      score = try row.decode(Double?.self)
    }
  }
  struct Pair: Decodable {
    var first: String, second: String, metric: String
    /// Score, real correlation, synthetic correlation, real association.
    var numbers: [Double?]
    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      first = try row.decode(String.self)
      second = try row.decode(String.self)
      metric = try row.decode(String.self)
      numbers = try row.decode([Double?].self)
    }
  }

  var tools: [String: String]
  var cases: [String: Case]

  static func load(_ name: String) throws -> GoldenFile {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
    return try JSONDecoder().decode(GoldenFile.self, from: Data(contentsOf: folder.appendingPathComponent(name)))
  }
}
