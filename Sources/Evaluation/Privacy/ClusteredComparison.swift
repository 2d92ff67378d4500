import MynahStatistics

/// Whether training rows are hit more often than others, where all hits of one row are one observation: with n_r hits of row r
/// and s_r = ±1 for its table, a coin's under the hypothesis that both are of one source,
///
///     z = Σ n_r s_r / √(Σ n_r²),   p-value = P(Z ≥ z),   independent hits = (Σ n_r)² / Σ n_r².
struct ClusteredComparison {
  let wins: Double
  let losses: Double
  private let squares: Double

  /// - Parameters: how often each row was hit. Whole numbers: their sums do not depend on the order of a dictionary.
  init(train: some Sequence<Double>, others: some Sequence<Double>) {
    wins = train.reduce(0, +)
    losses = others.reduce(0, +)
    squares = (Array(train) + Array(others)).reduce(0) { $0 + $1 * $1 }
  }

  /// Without a hit there is nothing to tell.
  var isEmpty: Bool { squares == 0 }
  var independent: Double { isEmpty ? 0 : (wins + losses) * (wins + losses) / squares }
  var pValue: Double { isEmpty ? 1 : StandardNormal.cumulative((losses - wins) / squares.squareRoot()) }
}
