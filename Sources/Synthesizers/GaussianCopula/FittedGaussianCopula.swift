import MynahParallelism
import MynahRandomness
import MynahTables

/// A table's columns, each with its distribution, and the correlations of the normal variables behind them.
public struct FittedGaussianCopula: FittedSynthesizer {
  public static let identifier = GaussianCopula.identifier
  let settings: GaussianCopula
  let marginals: TableMarginals
  /// For each discrete column, its cells from left to right; nil for the others.
  let levelOrders: [[Int32]?]
  let latents: [Latent]
  let correlation: LatentCorrelation

  public var schema: Schema { marginals.schema }
  /// The hyperparameters it was fitted with.
  public var hyperparameters: GaussianCopula { settings }

  /// New rows. Columns with conditions hold nothing else, and the others follow from their distribution given that.
  ///
  /// - Throws: `SynthesisError` for a condition on an unknown column or level, or a value out of the column's range.
  public func sample(_ request: SamplingRequest, using random: inout RandomSource) throws -> Table {
    let plan = try ConditionPlan(request.conditions, schema: schema, domains: marginals.domains)
    let rows = try request.rowNumbers
    guard let box = LatentBox(correlation, limits: limits(plan)) else {
      throw SynthesisError("the model's correlations are not positive definite")
    }
    let draws = LatentDraws(self, box, count: request.count, using: random.split())
    let sources = marginals.columns.map { _ in random.split() }
    let outcomes = parallelMap(marginals.columns.count) { index -> Result<Column, any Error> in
      let marginal = marginals.columns[index]
      if let test = plan.test(of: index) { return .success(marginal.column(of: test, count: request.count)) }
      var own = sources[index]
      let places = draws.places(of: index)
      return Result {
        try marginal.column(rows: rows, using: &own, cells: { draws.cells(of: index) }, places: places)
      }
    }
    return try Table(schema: schema, columns: outcomes.map { try $0.get() })
  }

  /// Between which limits the conditions keep the variables.
  private func limits(_ plan: ConditionPlan) -> [Int: LatentBox.Limits] {
    var limits: [Int: LatentBox.Limits] = [:]
    for (index, latent) in latents.enumerated() {
      guard let test = plan.test(of: latent.column) else { continue }
      switch (marginals.columns[latent.column], latent.role) {
      case (.levels(let marginal), .value):
        let cell = if case .level(let level) = test { marginal.levels.firstIndex(of: level) } else { Int?.none }
        let position = Int(latent.positions[cell ?? marginal.levels.count])
        limits[index] = LatentBox.Limits(low: latent.cuts[position], high: latent.cuts[position + 1])
      case (.numbers, .presence):
        let position = test == .missing ? 0 : 1
        limits[index] = LatentBox.Limits(low: latent.cuts[position], high: latent.cuts[position + 1])
      case (.numbers(let marginal), .value):
        if let shares = marginal.shares(of: test) { limits[index] = LatentBox.Limits(shares: shares) }
      case (.levels, .presence), (.identifier, _): break
      }
    }
    return limits
  }
}
