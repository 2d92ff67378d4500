import MynahRandomness
import MynahTables
import Testing

@testable import MynahEvaluation

@Suite struct YardsticksTests {
  private static let train = try? PrivacyGolden.people(0, 600)
  private static let holdout = try? PrivacyGolden.people(10000, 500)

  /// Closest records need unseen rows besides those that are passed off as synthetic.
  @Test func theHoldoutIsSplitWhereItCannotBeBoth() throws {
    let (train, holdout) = try (#require(Self.train), #require(Self.holdout))
    let real = RealData(train: train, holdout: holdout, target: "city")
    let metrics: [any Metric] = [ClosestRecord(), Copies(), MembershipInference()]
    let yardsticks = try Yardsticks(of: real, by: metrics, using: RandomSource(seed: 1))
    let closest = try #require(yardsticks.unseen["closest-record"])
    // 250 rows that no model made: four standard deviations of a coin's share around one half.
    #expect(abs(closest - 0.5) < 4 * 0.5 / Double(250).squareRoot())
    let attack = try #require(yardsticks.unseen["membership-inference"])
    // The greater area of two attacks on 600 members and 125 others: standard deviation √(726 / (12 · 600 · 125)) each.
    #expect(attack > 0.4 && attack < 0.5 + 4 * 0.0284)
    #expect(yardsticks.unseen["copies"] == 2.0 / 500)
  }

  @Test func independentColumnsKeepShapesAndLoseTrends() throws {
    let train = try #require(Self.train)
    let floor = try Yardsticks(
      of: RealData(train: train), by: [ColumnShapes(), ColumnPairTrends()], using: RandomSource(seed: 1))
    let quality = try #require(floor.marginalsQuality)
    // Kolmogorov–Smirnov of 600 draws from 600 values: above 0.1 in fewer than one of 200 cases, and this is their mean.
    #expect(try #require(quality.shape) > 0.9)
    #expect(try #require(quality.trend) < 0.8)
    #expect(floor.unseen.isEmpty && floor.unseenQuality == nil)
  }

  @Test func theyAreTheSameForEveryTable() throws {
    let (train, holdout) = try (#require(Self.train), #require(Self.holdout))
    let real = RealData(train: train, holdout: holdout, target: "city")
    let metrics: [any Metric] = [Copies(), NearCopies()]
    let random = RandomSource(seed: 3)
    let yardsticks = try Yardsticks(of: real, by: metrics, using: random)
    let with = try TableEvaluation(of: holdout, against: real, metrics: metrics, yardsticks: yardsticks, using: random)
    #expect(with == (try TableEvaluation(of: holdout, against: real, metrics: metrics, using: random)))
  }

  /// What a report shows belongs to the score beside it.
  @Test func exhibitsComeWithTheSameScores() throws {
    let (train, holdout) = try (#require(Self.train), #require(Self.holdout))
    let real = RealData(train: train, holdout: holdout, target: "city")
    let synthetic = try PrivacyGolden.mimics(500)
    let metrics: [any ExhibitingMetric] = [ClosestRecord(), MembershipInference(), NearCopies(), Utility()]
    for metric in metrics {
      var (one, other) = (RandomSource(seed: 1), RandomSource(seed: 1))
      let (score, exhibits) = try metric.exhibited(synthetic, against: real, using: &one)
      #expect(score == (try metric.score(synthetic, against: real, using: &other)))
      #expect(!exhibits.isEmpty)
      for case .curves(let curves) in exhibits {
        for line in curves.lines {
          #expect(line.roc.first == PlotPoint(0, 0) && line.roc.last == PlotPoint(1, 1) && line.roc.count < 600)
          #expect(zip(line.roc, line.roc.dropFirst()).allSatisfy { $0.x <= $1.x && $0.y <= $1.y })
        }
      }
      for case .pairs(let pairs) in exhibits {
        // A third of the mimics moved one of six values by less than a fifth of an hour; rows 0 and 1 are in every table.
        #expect(pairs.count == 30 && Set(pairs.map(\.train)).count == 30)
        #expect(pairs.allSatisfy { $0.train == $0.synthetic && ($0.train.isMultiple(of: 3) || $0.train < 2) })
      }
    }
  }
}
