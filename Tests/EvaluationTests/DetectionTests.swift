import Foundation
import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahEvaluation

@Suite("Detection") struct DetectionTests {
  /// y follows x, and so does the level; z is noise.
  static func dependent(_ rows: Int, seed: UInt64) throws -> Table {
    var random = RandomSource(seed: seed)
    let x = (0..<rows).map { _ in random.normal() }
    let y = x.map { $0 + 0.1 * random.normal() }
    let level = x.map { $0 < -0.5 ? "low" : $0 < 0.5 ? "middle" : "high" }
    return try GoldenTables.table([
      ("x", .continuous, .continuous(x, nil)), ("y", .continuous, .continuous(y, nil)),
      ("level", .categorical, GoldenTables.categories(["low", "middle", "high"], level)),
      ("z", .continuous, .continuous((0..<rows).map { _ in random.normal() }, nil)),
    ])
  }

  static func shuffled(_ table: Table, seed: UInt64 = 9) throws -> Table {
    var random = RandomSource(seed: seed)
    return try Table(
      schema: table.schema, columns: table.columns.map { $0.gathering(random.permutation(table.rowCount)) })
  }

  private func score(_ synthetic: Table, _ real: Table, _ metric: Detection = Detection()) throws -> Score {
    var random = RandomSource(seed: 1)
    return try metric.score(synthetic, against: RealData(train: real), using: &random)
  }

  private func value(_ score: Score) throws -> (Double, [String: Double]) {
    guard case .value(let value, let details) = score else {
      Issue.record("no score: \(score)")
      return (.nan, [:])
    }
    return (value, details)
  }

  @Test("Independent marginals are detected where columns depend on each other") func marginals() throws {
    let real = try Self.dependent(1000, seed: 1)
    let (auc, details) = try value(score(Self.shuffled(try Self.dependent(1000, seed: 2)), real))
    #expect(auc > 0.97)
    #expect(auc == details["boosted-trees.auc"])
    // No single column tells, so a linear model is blind.
    #expect(abs(try #require(details["logistic-regression.auc"]) - 0.5) < 0.06)
    let gains = details.filter { $0.key.hasPrefix("gain.") }
    #expect(abs(gains.values.reduce(0, +) - 1) < 1e-9)
    #expect(try #require(gains["gain.x"]) + #require(gains["gain.y"]) > 0.6)
    #expect(try #require(gains["gain.z"]) < 0.2)
  }

  @Test("Other rows of the same source are not detected") func ceiling() throws {
    let (auc, details) = try value(score(Self.dependent(1000, seed: 2), Self.dependent(1000, seed: 1)))
    // Four standard errors of the area of 1000 against 1000 rows, √(2001 / (12 · 10⁶)) each.
    #expect(auc < 0.5 + 4 * 0.013)
    #expect(details["rows.real"] == 1000 && details["rows.synthetic"] == 1000)
  }

  @Test("A shifted column is named, and seen by the linear model too") func givenAway() throws {
    let real = try Self.dependent(400, seed: 1)
    let other = try Self.dependent(400, seed: 2)
    let z = try #require(other["z"]?.numbersWithGaps()).map { $0 + 3 }
    let shifted = try Table(schema: other.schema, columns: other.columns.dropLast() + [.continuous(z, nil)])
    let (auc, details) = try value(score(shifted, real))
    #expect(auc > 0.97)
    #expect(try #require(details["logistic-regression.auc"]) > 0.97)
    #expect(try #require(details["gain.z"]) > 0.8)
  }

  @Test("Rows beyond the most are left out, and the details say so") func sampling() throws {
    let real = try Self.dependent(300, seed: 1)
    let (_, details) = try value(score(Self.dependent(50, seed: 2), real, Detection(folds: 3, mostRows: 100)))
    #expect(details["rows.real"] == 100 && details["rows.synthetic"] == 50)
  }

  @Test("What cannot be tested says why") func reasons() throws {
    let real = try Self.dependent(300, seed: 1)
    #expect(
      try score(real.gathering(Array(0..<9)), real)
        == .notApplicable(reason: "5 folds need at least 10 rows; the synthetic table has 9"))
    #expect(
      try score(real, real, Detection(folds: 1)) == .notApplicable(reason: "there must be at least 2 folds, not 1"))
    let lost = try GoldenTables.table([("x", .continuous, GoldenTables.numbers(Array(repeating: nil, count: 20)))])
    #expect(
      try score(lost, lost) == .notApplicable(reason: "no column has values that can be compared"))
    let words = try GoldenTables.table([
      ("x", .categorical, GoldenTables.categories(["a"], Array(repeating: "a", count: 20)))
    ])
    #expect(
      try score(words, lost) == .notApplicable(reason: "no column has values that can be compared"))
  }

  @Test("Parameters left out of a file have their defaults") func defaults() throws {
    let decoded = try JSONDecoder().decode(Detection.self, from: Data("{\"folds\": 3}".utf8))
    #expect(decoded == Detection(folds: 3, mostRows: 20_000))
  }
}
