import Foundation
import MynahParallelism
import MynahRandomness
import MynahStatistics
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEvaluation

@Suite("Metrics of neighbourhoods") struct NeighbourhoodTests {
  private struct Golden: Decodable {
    var cases: [String: [String: Double]]

    static func load() throws -> Golden {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
      return try JSONDecoder().decode(
        Golden.self, from: Data(contentsOf: folder.appending(path: "neighbourhood.json")))
    }
  }

  private static let metrics: [any Metric] = [
    AlphaPrecision(), BetaRecall(), Authenticity(), Density(), NeighbourhoodCoverage(), MaximumMeanDiscrepancy(),
  ]

  private func score(_ metric: any Metric, _ synthetic: Table, _ real: Table) throws -> Score {
    var random = RandomSource(seed: 1)
    return try metric.score(synthetic, against: RealData(train: real), using: &random)
  }

  private func value(_ metric: any Metric, _ synthetic: Table, _ real: Table) throws -> Double {
    guard case .value(let value, _) = try score(metric, synthetic, real) else {
      Issue.record("no score of \(metric)")
      return .nan
    }
    return value
  }

  private func expectAgreement(_ name: String, _ synthetic: Table, _ real: Table) throws {
    let golden = try #require(try Golden.load().cases[name])
    for metric in Self.metrics {
      let identifier = type(of: metric).identifier
      guard case .value(var found, let details) = try score(metric, synthetic, real) else {
        Issue.record("\(name): no score of \(identifier)")
        continue
      }
      if let density = details["density"] { found = density }
      let wanted = try #require(golden[identifier])
      #expect(abs(found - wanted) < 1e-8, "\(name) \(identifier): \(found), by brute force \(wanted)")
      if let bandwidth = details["bandwidth"] { #expect(abs(bandwidth / (golden["bandwidth"] ?? 0) - 1) < 1e-9) }
    }
  }

  @Test("200 rows with every kind of column") func small() throws {
    try expectAgreement(
      "small", GoldenTables.small(firstRow: 5000, scale: 1.25), GoldenTables.small(firstRow: 0, scale: 1))
  }

  private static let names = ["adult", "default", "shoppers"]

  @Test(
    "400 rows of a real table against copies, against others and against CTGAN's rows",
    .enabled(if: names.allSatisfy { realTable("\($0)_train.csv") != nil }, Comment(rawValue: needsRealTables)),
    arguments: names)
  func literature(name: String) throws {
    let table = try RealTables.read(name, try #require(realTable("\(name)_train.csv")))
    let real = table.gathering(Array(0..<400))
    try expectAgreement("\(name)-noised", GoldenTables.noised(real), real)
    try expectAgreement("\(name)-shuffled", GoldenTables.shuffled(real), real)
    try expectAgreement("\(name)-other", table.gathering(Array(400..<800)), real)
    try expectAgreement("\(name)-peer", RealTables.peer(name).gathering(Array(0..<400)), real)
  }

  @Test("Fresh rows sit at the ceiling, shuffled ones below, copies are no rows of one's own") func ceiling() throws {
    let real = try DetectionTests.dependent(800, seed: 1)
    let fresh = try DetectionTests.dependent(800, seed: 2)
    let shuffled = try DetectionTests.shuffled(fresh)
    for metric in [AlphaPrecision(), Density(), NeighbourhoodCoverage()] as [any Metric] {
      #expect(try value(metric, fresh, real) > 0.9)
      #expect(try value(metric, shuffled, real) < value(metric, fresh, real) - 0.05)
    }
    #expect(try value(BetaRecall(), shuffled, real) < value(BetaRecall(), fresh, real) - 0.1)
    #expect(try value(MaximumMeanDiscrepancy(), fresh, real) < 0.01)
    #expect(try value(MaximumMeanDiscrepancy(), shuffled, real) > 0.01)
    // A row is as often nearer to its real neighbour than that is to its own as the other way round; five standard errors.
    #expect(abs(try value(Authenticity(), fresh, real) - 0.5) < 0.15)
    #expect(try value(Authenticity(), real, real) == 0)
    // Rows that are left out do not hide copies: those are of training rows, which all take part.
    #expect(try value(Authenticity(mostRows: 100), real, real) == 0)
    #expect(try value(Authenticity(), shuffled, real) > 0.8)
  }

  @Test("The same with any number of threads") func threads() throws {
    let (real, fresh) = (try DetectionTests.dependent(300, seed: 1), try DetectionTests.dependent(300, seed: 2))
    let before = threadCount
    defer { threadCount = before }
    for metric in Self.metrics {
      threadCount = 1
      let one = try score(metric, fresh, real)
      threadCount = 2
      #expect(try score(metric, fresh, real) == one)
    }
  }

  @Test("Balls worked out by hand, their edge included") func balls() throws {
    func table(_ values: Double...) throws -> Table {
      try GoldenTables.table([("x", .continuous, .continuous(values, nil))])
    }
    // Balls of k = 1: 0 reaches to 1, 1 to 0 (and to 2), 4 to 1.
    let real = try table(0, 1, 4)
    guard case .value(_, let details) = try score(Density(k: 1), table(0.5, 9), real) else { return }
    // 0.5 lies in the first two balls, 9 in none: 2 / (1 · 2).
    #expect(details["density"] == 1)
    #expect(try value(NeighbourhoodCoverage(k: 1), table(0.5, 9), real) == 2.0 / 3)
    // 1 stands at the edge of 4's ball and of 0's.
    #expect(try value(NeighbourhoodCoverage(k: 1), table(1), real) == 1)
    // 0.5 is nearer to 0 than 1 is, hence a copy; 9 is farther from 4 than 1 is.
    #expect(try value(Authenticity(), table(0.5, 9), real) == 0.5)
    #expect(
      try score(Density(k: 3), table(1), real)
        == .notApplicable(reason: "k must lie in 1...2, the other real rows, not 3"))
    #expect(
      try score(Density(), table(1), table(1))
        == .notApplicable(reason: "two real rows and a synthetic one are needed; there are 1 and 1"))
  }

  @Test("Centres of one-hot levels lie where their vectors' mean does") func centre() {
    let points = MixedPoints(
      count: 4, dimensions: 1, numbers: [0, 0, 2, 2],
      categories: [CategoricalFeature(codes: [0, 0, 0, 1], .mismatch(weight: 1))])
    // Number 1 from the mean; levels (¼² + ¼²) / 2 and (¾² + ¾²) / 2.
    let found = RowCentre(of: points).distances(of: points)
    for (own, squared) in zip(found, [1.0625, 1.0625, 1.0625, 1.5625]) { #expect(abs(own * own - squared) < 1e-14) }
  }
}
