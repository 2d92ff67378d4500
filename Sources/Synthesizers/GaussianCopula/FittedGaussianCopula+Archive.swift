import MynahTables
import MynahTensors

extension FittedGaussianCopula {
  private static let matrix = "correlation"

  /// Hyperparameters, levels and their orders as JSON; bins, counts and correlations as tensors.
  public func write(to archive: inout ModelArchive) throws {
    try archive.encode(settings, as: "hyperparameters")
    try archive.encode(levelOrders, as: "level_orders")
    try marginals.write(to: &archive)
    archive.tensors[Self.matrix] = Tensor(
      correlation.values, shape: [correlation.order, correlation.order], scalarType: .float64)
  }

  /// - Throws: `SynthesisError` when something is absent or does not fit.
  public init(from archive: ModelArchive) throws {
    let settings = try archive.decodeHyperparameters(GaussianCopula.self)
    try settings.validate()
    let marginals = try TableMarginals(from: archive)
    let orders = try archive.decode([[Int32]?].self, "level_orders")
    guard orders.count == marginals.columns.count,
      zip(orders, marginals.columns).allSatisfy({ order, marginal in
        if case .levels = marginal { return order?.sorted() == Array(0..<Int32(marginal.cellCounts.count)) }
        return order == nil
      })
    else { throw SynthesisError("the model file's orders of levels do not fit its levels") }
    let latents = marginals.latents(levelOrders: orders)
    let matrix = try archive.tensor(Self.matrix, [latents.count, latents.count], .float64)
    guard let correlation = LatentCorrelation(matrix.scalars, order: latents.count) else {
      throw SynthesisError("the model file's '\(Self.matrix)' is no correlation matrix")
    }
    self.init(
      settings: settings, marginals: marginals, levelOrders: orders, latents: latents, correlation: correlation)
  }
}
