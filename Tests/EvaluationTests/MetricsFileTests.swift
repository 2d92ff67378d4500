import Foundation
import MynahEvaluation
import Testing

@Suite("metrics.json")
struct MetricsFileTests {
  @Test("A quality report survives being written and read") func roundTrip() throws {
    let report = try QualityReport(
      comparing: GoldenTables.small(firstRow: 5000, scale: 1.25), with: GoldenTables.small(firstRow: 0, scale: 1))
    let data = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(QualityReport.self, from: data) == report)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(Set(object.keys) == ["quality", "shape", "shape_error", "trend", "trend_error", "columns", "pairs"])
    let (shape, error) = (try #require(object["shape"] as? Double), try #require(object["shape_error"] as? Double))
    #expect(abs(shape + error - 1) < 1e-15)
    #expect((object["columns"] as? [[String: Any]])?.first?["name"] as? String == "amount")
  }

  @Test("Thresholds left out of an experiment file have their defaults") func defaults() throws {
    let decoded = try JSONDecoder().decode(ColumnPairTrends.self, from: Data("{\"correlationThreshold\": 0}".utf8))
    #expect(decoded == ColumnPairTrends(correlationThreshold: 0, associationThreshold: 0.3))
    #expect(ColumnPairTrends.identifier == "trend" && ColumnShapes.identifier == "shape")
  }
}
