import Foundation
import MynahRandomness
import MynahTables

/// Random oversampling: rows of a class drawn again, uniformly and with replacement.
///
/// With `shrinkage` above 0 it is a smoothed bootstrap (Menardi and Torelli, "Training and assessing classification rules
/// with imbalanced data", 2014): numbers get normal noise of standard deviation shrinkage · h · σ, where σ is the column's
/// in the class, h = (4 / ((d + 2) n))^(1 / (d + 4)), d numbers and n rows of the class (of the whole table with
/// `followsReference`, as imbalanced-learn has it).
public struct RandomOversampler: Resampler, Equatable {
  public static let identifier = "random"
  /// 0 copies rows as they are; 1 is the bandwidth of the formula.
  public var shrinkage = 0.0

  public init() {}

  public func validate() throws(ResamplingError) {
    guard shrinkage >= 0, shrinkage.isFinite else {
      throw ResamplingError("shrinkage must not be below 0, got \(shrinkage)", hyperparameter: "shrinkage")
    }
  }

  public func resampled(
    _ table: Table, _ request: BalanceRequest, using random: inout RandomSource
  ) throws -> ResampledTable {
    try validate()
    let problem = try BalanceProblem(table, request, method: Self.identifier, handling: nil)
    var segments: [Segment] = []
    var noise: [[Int: Double]] = []
    for (classIndex, count) in try problem.additions() {
      var own = random.split()
      let rows = problem.classes.rows[classIndex]
      var segment = Segment(classIndex: classIndex, capacity: count)
      for _ in 0..<count { segment.append(base: rows[own.index(below: rows.count)], partner: -1, step: 0) }
      segments.append(segment)
      if shrinkage > 0 { noise.append(deviations(problem, rows)) }
    }
    return ResampledTable(
      source: table,
      added: RecipeRows(method: Self.identifier, problem, segments, noise: noise, random: random.split()),
      notices: problem.notices)
  }

  private func deviations(_ problem: BalanceProblem, _ rows: [Int]) -> [Int: Double] {
    let d = Double(problem.roles.numbers.count)
    let n = Double(problem.request.followsReference ? problem.table.rowCount : rows.count)
    let bandwidth = pow(4 / ((d + 2) * n), 1 / (d + 4))
    return Dictionary(
      uniqueKeysWithValues: problem.roles.numbers.map { column in
        (column, shrinkage * bandwidth * problem.table.columns[column].populationDeviation(rows))
      })
  }
}
