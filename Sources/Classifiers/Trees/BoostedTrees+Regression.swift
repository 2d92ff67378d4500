import MynahRandomness

extension BoostedTrees {
  /// Learns a number by squared error, from the training rows' mean on.
  ///
  /// - Parameters:
  ///   - matrix: the features.
  ///   - targets: a number for each row, none missing.
  ///   - random: gives the trees their seed.
  /// - Throws: `ClassifierError` when there are no rows, a number is not finite, or the hyperparameters make no sense.
  public func fitted(to matrix: DesignMatrix, targets: [Double], using random: inout RandomSource) throws
    -> FittedRegressionTrees
  {
    precondition(
      targets.count == matrix.rowCount, "fitted(to:targets:): \(targets.count) targets for \(matrix.rowCount) rows")
    try validate()
    let scale = try TargetScale(targets)
    // XGBoost keeps numbers in 32 bits; standardised, large ones with small differences survive that.
    let labels = targets.map { Float(($0 - scale.mean) / scale.deviation) }
    let model = try grown(
      on: matrix, labels, nil, [("objective", "reg:squarederror"), ("base_score", "0")], seed: random.next() >> 33)
    return FittedRegressionTrees(model: model, columnCount: matrix.columnCount, scale: scale)
  }
}

/// Boosted trees that were grown to predict a number.
public struct FittedRegressionTrees: FittedRegressor, Equatable {
  let model: [UInt8]
  let columnCount: Int
  let scale: TargetScale

  public func predictions(_ matrix: DesignMatrix) throws -> [Double] {
    guard matrix.columnCount == columnCount else {
      throw ClassifierError("the trees were grown on \(columnCount) features, these rows have \(matrix.columnCount)")
    }
    guard matrix.rowCount > 0 else { return [] }
    return try XGBoostBooster(model).predictions(try XGBoostMatrix(matrix)).map {
      Double($0) * scale.deviation + scale.mean
    }
  }

  /// What each column's splits took off the loss, summed over the trees; at least 0.
  public func totalGains() throws -> [Double] { try XGBoostBooster(model).totalGains(columns: columnCount) }
}

extension FittedBoostedTrees {
  /// What each column's splits took off the loss, summed over the trees; at least 0.
  public func totalGains() throws -> [Double] { try XGBoostBooster(model).totalGains(columns: columnCount) }
}
