import MynahClassifiers

extension BoostedTrees {
  /// XGBoost's own defaults, with which the field reports detection and utility: 100 trees of depth 6, learning rate 0.3.
  static var judge: BoostedTrees {
    var trees = BoostedTrees()
    (trees.estimators, trees.maximumDepth, trees.learningRate) = (100, 6, 0.3)
    return trees
  }
}

/// Figures by column as shares of their sum; all 0 where there is nothing to share.
func shares(_ figures: [(column: String, sum: Double)]) -> [(column: String, share: Double)] {
  let total = figures.reduce(0) { $0 + $1.sum }
  return figures.map { ($0.column, total > 0 ? $0.sum / total : 0) }
}
