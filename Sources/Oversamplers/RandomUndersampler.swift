import MynahRandomness
import MynahTables

/// Random undersampling: rows of the larger classes are left out, drawn uniformly without replacement.
public struct RandomUndersampler: Resampler, Equatable {
  public static let identifier = "random-under"

  public init() {}

  public func resampled(
    _ table: Table, _ request: BalanceRequest, using random: inout RandomSource
  ) throws -> ResampledTable {
    let classes = try TargetClasses(table, target: request.target, bins: request.bins)
    let plan = try SamplingPlan.removals(from: classes, request.strategy)
    var isKept = Array(repeating: true, count: table.rowCount)
    for (rows, wanted) in zip(classes.rows, plan.counts) where wanted < rows.count {
      var own = random.split()
      for row in rows.shuffled(using: &own).dropFirst(wanted) { isKept[row] = false }
    }
    return ResampledTable(
      source: table, kept: isKept.indices.filter { isKept[$0] }, added: NoRows(like: table), notices: [])
  }
}
