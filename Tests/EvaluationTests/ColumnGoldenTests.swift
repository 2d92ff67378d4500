import Foundation
import MynahEvaluation
import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

/// Coverage, boundary adherence, missing values, distances and dependences beside SDMetrics, SciPy and NumPy.
@Suite("Metrics of columns agree with SDMetrics, SciPy and NumPy")
struct ColumnGoldenTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      var columns: [String: [String: Double?]]
      var correlation: [String: Double?]
      var cooccurrence: [String: Double?]
      var threeWay: Double

      private enum CodingKeys: String, CodingKey {
        case columns, correlation
        case cooccurrence = "co-occurrence"
        case threeWay = "three-way"
      }
    }
    var cases: [String: Case]

    static func load() throws -> Golden {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
      return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: folder.appending(path: "columns.json")))
    }
  }

  @Test("200 rows with every kind of column") func small() throws {
    try expectAgreement(
      "small", GoldenTables.small(firstRow: 5000, scale: 1.25), GoldenTables.small(firstRow: 0, scale: 1))
  }

  private static let names = ["adult", "default", "shoppers"]

  @Test(
    "5000 rows of a real table against copies and against CTGAN's rows",
    .enabled(if: names.allSatisfy { realTable("\($0)_train.csv") != nil }, Comment(rawValue: needsRealTables)),
    arguments: names)
  func literature(name: String) throws {
    let table = try RealTables.read(name, try #require(realTable("\(name)_train.csv")))
    let real = table.gathering(Array(0..<5000))
    try expectAgreement("\(name)-noised", GoldenTables.noised(real), real)
    try expectAgreement("\(name)-shuffled", GoldenTables.shuffled(real), real)
    try expectAgreement("\(name)-peer", RealTables.peer(name), real)
  }

  private func expectAgreement(_ name: String, _ synthetic: Table, _ real: Table) throws {
    let golden = try #require(try Golden.load().cases[name])
    func details(_ metric: any Metric) throws -> (Double, [String: Double]) {
      var random = RandomSource(seed: 1)
      guard
        case .value(let value, let details) = try metric.score(
          synthetic, against: RealData(train: real), using: &random)
      else {
        Issue.record("\(name): no score of \(type(of: metric).identifier)")
        return (.nan, [:])
      }
      return (value, details)
    }
    let metrics: [any Metric] = [Coverage(), BoundaryAdherence(), Missingness(), Wasserstein(), JensenShannon()]
    for metric in metrics {
      let identifier = type(of: metric).identifier
      let (value, found) = try details(metric)
      var sum = (total: 0.0, count: 0.0)
      for (column, expected) in golden.columns {
        let wanted = expected[identifier] ?? nil
        expectClose(found[column], wanted, "\(name) \(identifier) \(column)")
        if let wanted { sum = (sum.total + wanted, sum.count + 1) }
      }
      let mean = identifier == "missingness" ? try #require(found["rates"]) : value
      expectClose(mean, sum.total / sum.count, "\(name) \(identifier)")
    }
    let missing = try details(Missingness())
    for (pair, expected) in golden.cooccurrence {
      expectClose(missing.1[pair], expected, "\(name) co-occurrence \(pair)")
    }
    let (_, correlation) = try details(CorrelationDifference())
    #expect(Set(correlation.keys).subtracting(["frobenius"]) == Set(golden.correlation.keys))
    for (pair, expected) in golden.correlation {
      expectClose(correlation[pair], expected, "\(name) correlation \(pair)")
    }
    expectClose(try details(ThreeWay(mostTriples: 10_000)).0, golden.threeWay, "\(name) three-way")
  }

  private func expectClose(_ found: Double?, _ expected: Double?, _ label: String) {
    switch (found, expected) {
    case (nil, nil): break
    case (let found?, let expected?):
      #expect(abs(found - expected) < 1e-8, "\(label): \(found), the other tool says \(expected)")
    default: Issue.record("\(label): \(String(describing: found)), the other tool says \(String(describing: expected))")
    }
  }
}
