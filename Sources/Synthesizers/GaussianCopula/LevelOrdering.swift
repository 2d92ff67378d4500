import MynahTables

/// Puts levels into the order in which the other columns' means say most about them.
struct LevelOrdering {
  private let marginals: TableMarginals
  private let table: Table

  private static let rounds = 3

  init(_ marginals: TableMarginals, _ table: Table) {
    self.marginals = marginals
    self.table = table
  }

  /// Starting from given orders, all columns are ordered by the scores that the others have, a few times over.
  func byAssociation(from orders: [[Int32]?]) -> [[Int32]?] {
    var orders = orders
    for _ in 0..<Self.rounds {
      let latents = marginals.latents(levelOrders: orders)
      let moments = ScoreMoments(table, marginals, latents)
      let discrete = latents.indices.filter { orders[latents[$0].column] != nil && latents[$0].cellCount > 2 }
      for (index, means) in zip(discrete, moments.means(byCellOf: discrete)) {
        let latent = latents[index]
        let others = latents.indices.filter { latents[$0].column != latent.column }
        guard !others.isEmpty else { continue }
        let rows = (0..<latent.cellCount).map { cell in others.map { means[cell * latents.count + $0] } }
        let scores = Self.firstComponent(rows, weights: marginals.columns[latent.column].cellCounts.map(Double.init))
        orders[latent.column] = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }.map(Int32.init)
      }
    }
    return orders
  }

  /// Each row's coordinate along the direction of greatest weighted variance, by power iteration.
  private static func firstComponent(_ rows: [[Double]], weights: [Double]) -> [Double] {
    let width = rows[0].count
    let total = weights.reduce(0, +)
    let centre = (0..<width).map { k in zip(rows, weights).reduce(0) { $0 + $1.0[k] * $1.1 } / total }
    let centred = rows.map { row in zip(row, centre).map { $0 - $1 } }
    // Begins at the coordinate that varies most, so that the direction is never one without variance.
    let variances = (0..<width).map { k in zip(centred, weights).reduce(0) { $0 + $1.0[k] * $1.0[k] * $1.1 } }
    let first = variances.indices.max { variances[$0] < variances[$1] } ?? 0
    var direction = (0..<width).map { $0 == first ? 1.0 : 0 }
    for _ in 0..<50 {
      var next = [Double](repeating: 0, count: width)
      for (row, weight) in zip(centred, weights) {
        let along = weight * zip(row, direction).reduce(0) { $0 + $1.0 * $1.1 }
        for k in 0..<width { next[k] += along * row[k] }
      }
      let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { break }
      direction = next.map { $0 / length }
    }
    return centred.map { row in zip(row, direction).reduce(0) { $0 + $1.0 * $1.1 } }
  }
}
