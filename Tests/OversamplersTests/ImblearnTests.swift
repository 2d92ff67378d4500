import MynahRandomness
import MynahTables
import MynahTestSupport
import Testing

@testable import MynahOversamplers
@testable import MynahStatistics

/// Everything that is not drawn equals imbalanced-learn's, on real tables.
@Suite(.enabled(if: realTable("mammography.csv") != nil, Comment(rawValue: needsRealTables)))
struct ImblearnTests {
  private func problem(_ name: String, handling: CategoricalHandling = .vote) throws -> (BalanceProblem, Imblearn.Table)
  {
    let golden = try Imblearn.table(name)
    let table = try Imblearn.rows(name, golden)
    return (
      try BalanceProblem(table, BalanceRequest(target: golden.target), method: "test", handling: handling), golden
    )
  }

  private func distances(_ problem: BalanceProblem, _ classIndex: Int) -> [[Double]] {
    let rows = problem.classes.rows[classIndex]
    let found = NearestNeighbors(problem.points(rows, weighedBy: classIndex))
      .neighbors(ofRows: Array(rows.indices), k: 5)
    return rows.indices.map { Array(found.distances[$0 * 5..<$0 * 5 + 5]) }
  }

  /// scikit-learn expands ‖a − b‖², which loses digits that the direct sum keeps: 1e-6 of the norms at most.
  private func expectClose(_ ours: [[Double]], _ theirs: [[Double]], within tolerance: Double) {
    for (row, (a, b)) in zip(ours, theirs).enumerated() {
      for (x, y) in zip(a, b) { #expect(abs(x - y) <= tolerance * max(1, y), "row \(row)") }
    }
  }

  @Test(arguments: ["mammography.csv", "creditcard_reduced.csv"])
  func neighborsDangerAndSharesAreTheirs(name: String) throws {
    let (problem, golden) = try problem(name)
    let own = problem.classes.minority
    #expect(problem.classes.names[own] == golden.minority)
    #expect(problem.classes.rows[own].count == golden.counts[golden.minority])
    expectClose(distances(problem, own), try #require(golden.smoteDistances), within: 1e-6)
    let rows = problem.classes.rows[own]
    let surroundings = try problem.surroundings(of: rows, m: 10, classIndex: own)
    #expect(rows.indices.filter { surroundings[$0] == .danger }.map { rows[$0] } == golden.danger)
    #expect(rows.indices.filter { surroundings[$0] == .noise }.map { rows[$0] } == golden.noise)
    let shares = try problem.sharesOfOthers(rows, k: 5, classIndex: own)
    let wanted = problem.classes.counts[problem.classes.majority] - rows.count
    let numbers = shares.map {
      Int(($0 / shares.reduce(0, +) * Double(wanted)).rounded(.toNearestOrEven))
    }
    #expect(numbers == golden.adasynNumbers)
  }

  @Test(arguments: ["mammography.csv", "creditcard_reduced.csv"])
  func cleanersRemoveTheSameRows(name: String) throws {
    let (problem, golden) = try problem(name)
    let majority: Set = [problem.classes.majority]
    func removed(_ isRemoved: [Bool]) -> [Int] { isRemoved.indices.filter { isRemoved[$0] } }
    #expect(try removed(EditedNearestNeighbours().removals(in: problem, from: majority)) == golden.ennRemoved)
    var byMode = EditedNearestNeighbours()
    byMode.kindSel = .mode
    #expect(try removed(byMode.removals(in: problem, from: majority)) == golden.ennModeRemoved)
    #expect(try removed(TomekLinks().removals(in: problem, from: majority)) == golden.tomekRemoved)
  }

  @Test(arguments: ["german.csv", "adult_train.csv"])
  func mixedDistancesAreTheirs(name: String) throws {
    let (problem, golden) = try problem(name)
    let own = problem.classes.minority
    #expect(problem.roles.numbers.count == golden.numbers?.count)
    let median = try #require(golden.medianStd)
    #expect(abs(problem.mismatchWeight(of: own).squareRoot() - median) < 1e-9 * median)
    expectClose(
      Array(distances(problem, own).prefix(300)), try #require(golden.smotencDistances), within: 1e-6)
  }

  @Test func valueDifferencesAreTheirs() throws {
    let (problem, golden) = try problem("german.csv")
    let rows = problem.classes.rows[problem.classes.minority]
    let points = MixedPoints(
      count: rows.count, dimensions: 0, numbers: [],
      categories: problem.roles.categories.map { problem.valueDifference($0, rows) })
    let found = NearestNeighbors(points).neighbors(ofRows: Array(rows.indices), k: 5)
    let squared = rows.indices.map { found.distances[$0 * 5..<$0 * 5 + 5].map { $0 * $0 } }
    expectClose(squared, try #require(golden.vdmSquared), within: 1e-9)
  }

  @Test(arguments: ["mammography.csv", "creditcard_reduced.csv"])
  func countsAreTheirs(name: String) throws {
    let golden = try Imblearn.table(name)
    let table = try Imblearn.rows(name, golden)
    var random = RandomSource(seed: 1)
    let balanced = try SMOTE().resampled(table, balancing: golden.target, using: &random)
    #expect(balanced.classCounts(golden.target) == golden.smoteCounts)
    let half = try SMOTE().resampled(
      table, BalanceRequest(target: golden.target, strategy: .ratio(0.5)), using: &random)
    #expect(try half.table().classCounts(golden.target) == golden.halfCounts)
  }

  @Test func countsOfCategoriesAreTheirs() throws {
    let golden = try Imblearn.table("german.csv")
    let table = try Imblearn.rows("german.csv", golden)
    let kept = table.schema.columns.indices.filter { table.schema.columns[$0].isDiscrete }
    let categories = try Table(
      schema: Schema(kept.map { table.schema.columns[$0] }), columns: kept.map { table.columns[$0] })
    var random = RandomSource(seed: 1)
    let balanced = try SMOTEN().resampled(categories, balancing: golden.target, using: &random)
    #expect(balanced.classCounts(golden.target) == golden.smotenCounts)
  }

  /// New rows lie between the class's own least and greatest values, as imbalanced-learn's do, and reach nearly as far.
  @Test(arguments: ["mammography.csv", "creditcard_reduced.csv"])
  func rangesAreThoseOfTheClass(name: String) throws {
    let golden = try Imblearn.table(name)
    let table = try Imblearn.rows(name, golden)
    let theirs = try #require(golden.ranges)
    var random = RandomSource(seed: 1)
    let whole = try SMOTE().resampled(table, balancing: golden.target, using: &random)
    let own = table.rows(of: golden.minority, golden.target)
    let features = table.schema.columns.map(\.name).filter { $0 != golden.target }
    for (place, feature) in features.enumerated() {
      let real = own.map { table.number(feature, $0) }
      let new = (table.rowCount..<whole.rowCount).map { whole.number(feature, $0) }
      let (low, high) = (real.min() ?? 0, real.max() ?? 0)
      #expect(new.allSatisfy { $0 >= low && $0 <= high })
      #expect(theirs[place][0] >= low - 1e-9 && theirs[place][1] <= high + 1e-9)
      // Thousands of draws from some hundred segments: both come within a fifth of the range of its ends.
      #expect(abs((new.min() ?? 0) - theirs[place][0]) <= 0.2 * (high - low))
      #expect(abs((new.max() ?? 0) - theirs[place][1]) <= 0.2 * (high - low))
    }
  }
}
