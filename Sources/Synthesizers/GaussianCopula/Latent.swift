import MynahStatistics

/// A standard normal variable behind a column: its cells lie next to each other along the real line, each as wide as its
/// share of the rows demands.
///
/// A discrete column has one, over its levels and, where it has any, the missing values. A column of numbers has one over
/// its bins, for rows with a value, and a second one, over "missing" and "present", where values are missing. What has
/// one cell only has none.
struct Latent: Sendable {
  enum Role: Sendable { case value, presence }
  /// Index of the column in the schema.
  let column: Int
  let role: Role
  /// The cells from left to right.
  let order: [Int32]
  /// Where each cell lies from left to right: the inverse of `order`.
  let positions: [Int32]
  /// Cumulated shares of the rows from 0 to 1, by position; one more than cells.
  let shares: [Double]
  /// Φ⁻¹ of the shares: −∞, the limits between cells, ∞.
  let cuts: [Double]

  init(column: Int, role: Role, counts: [Int64], order: [Int32]) {
    self.column = column
    self.role = role
    self.order = order
    var positions = [Int32](repeating: 0, count: order.count)
    for (position, cell) in order.enumerated() { positions[Int(cell)] = Int32(position) }
    self.positions = positions
    let sums = CellSums(order.map { counts[Int($0)] })
    let total = Double(sums.total)
    shares = sums.sums.map { Double($0) / total }
    cuts = sums.sums.map { sum in
      // From the nearer end, so that a rare last cell keeps its digits.
      2 * sum <= sums.total
        ? StandardNormal.quantile(Double(sum) / total) : -StandardNormal.quantile(Double(sums.total - sum) / total)
    }
  }

  var cellCount: Int { order.count }

  /// E[Z | Z in the cell], by cell.
  var scores: [Double] {
    positions.map { position in
      let place = Int(position)
      return StandardNormal.partialMean(from: cuts[place], to: cuts[place + 1]) / (shares[place + 1] - shares[place])
    }
  }

  /// The position of the cell that a value of the variable is in.
  func position(of z: Double) -> Int {
    cuts.withUnsafeBufferPointer { cuts in
      var (low, high) = (1, cuts.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if cuts[middle] <= z { low = middle + 1 } else { high = middle }
      }
      return low - 1
    }
  }
}

extension TableMarginals {
  /// The variables behind the columns, in the columns' order.
  ///
  /// - Parameter levelOrders: for each column, its cells from left to right; nil, and for columns of numbers, as they are.
  func latents(levelOrders: [[Int32]?]) -> [Latent] {
    columns.enumerated().flatMap { index, marginal -> [Latent] in
      let natural = { (count: Int) in Array(0..<Int32(count)) }
      switch marginal {
      case .identifier: return []
      case .levels:
        let counts = marginal.cellCounts
        guard counts.count > 1 else { return [] }
        return [
          Latent(column: index, role: .value, counts: counts, order: levelOrders[index] ?? natural(counts.count))
        ]
      case .numbers(let numbers):
        let present = numbers.counts.reduce(0, +)
        var latents: [Latent] = []
        if numbers.counts.count > 1 {
          latents.append(
            Latent(column: index, role: .value, counts: numbers.counts, order: natural(numbers.counts.count)))
        }
        if numbers.missing > 0, present > 0 {
          latents.append(Latent(column: index, role: .presence, counts: [numbers.missing, present], order: [0, 1]))
        }
        return latents
      }
    }
  }
}
