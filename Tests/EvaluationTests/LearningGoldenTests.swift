import Foundation
import MynahEvaluation
import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

/// Detection and utility beside scikit-learn and XGBoost in Python, on the first 2000 rows of public tables, copies
/// of them and CTGAN's rows.
@Suite("Detection and utility agree with scikit-learn and XGBoost")
struct LearningGoldenTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      var detection: [String: [String: Double]]
      var utility: [String: [String: [String: Double]]]
    }
    var cases: [String: Case]

    static func load() throws -> Golden {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
      return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: folder.appending(path: "learning.json")))
    }
  }

  private static let rows = 2000
  /// XGBoost 1.7 here and 3.2 there, Newton's method here and there, on the same rows: 0.0000004 apart at most. This leaves
  /// room for other versions.
  private static let bound = 0.001
  private static let names = ["adult", "default", "shoppers"]
  private static let areThere = names.allSatisfy {
    realTable("\($0)_train.csv") != nil && realTable("\($0)_test.csv") != nil
  }

  private static func tables(_ name: String) throws -> (real: Table, test: Table, copies: [String: Table]) {
    let train = try RealTables.read(name, try #require(realTable("\(name)_train.csv")))
    let test = try RealTables.read(name, try #require(realTable("\(name)_test.csv")))
    let real = train.gathering(Array(0..<rows))
    let copies = [
      "shuffled": try GoldenTables.shuffled(real), "noised": try GoldenTables.noised(real),
      "other rows": train.gathering(Array(rows..<2 * rows)), "peer": try RealTables.peer(name),
    ]
    return (real, test.gathering(Array(0..<min(rows, test.rowCount))), copies)
  }

  private static func details(_ score: Score) -> [String: Double] {
    if case .value(_, let details) = score { details } else { [:] }
  }

  @Test(.enabled(if: areThere, Comment(rawValue: needsRealTables)), arguments: names)
  func detection(name: String) throws {
    let golden = try #require(try Golden.load().cases[name])
    let tables = try Self.tables(name)
    for (kind, expected) in golden.detection {
      // The seed that Golden/mynah_folds.py draws the folds from.
      var random = RandomSource(seed: 1)
      let score = try Detection().score(
        try #require(tables.copies[kind]), against: RealData(train: tables.real), using: &random)
      let found = Self.details(score)
      for (figure, value) in expected {
        let own = try #require(found[figure], "\(name) \(kind) \(figure)")
        #expect(abs(own - value) < Self.bound, "\(name) \(kind) \(figure): \(own), Python says \(value)")
      }
    }
  }

  @Test(.enabled(if: areThere, Comment(rawValue: needsRealTables)), arguments: names)
  func utility(name: String) throws {
    let golden = try #require(try Golden.load().cases[name])
    let tables = try Self.tables(name)
    for (kind, targets) in golden.utility {
      for (target, expected) in targets {
        var random = RandomSource(seed: 1)
        let data = RealData(train: tables.real, holdout: tables.test, target: target)
        let found = Self.details(try Utility().score(try #require(tables.copies[kind]), against: data, using: &random))
        for (figure, value) in expected {
          let own = try #require(found[figure], "\(name) \(kind) \(target) \(figure)")
          let bound = figure.hasSuffix("rmse") ? Self.bound * value : Self.bound
          #expect(abs(own - value) < bound, "\(name) \(kind) \(target) \(figure): \(own), Python says \(value)")
        }
      }
    }
  }
}
