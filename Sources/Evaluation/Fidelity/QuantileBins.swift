import MynahStatistics

/// Bins between a real column's quantiles, so that every bin holds about as many real values, however long the tails are.
///
/// The edges are values of the column: the `k / count` quantiles, k = 1 … count − 1, each the least value that at least this
/// share of the values does not exceed (NumPy's "inverted_cdf"), equal ones once. A value's bin is the number of edges below
/// it, so a value that is most of the column has a bin of its own or with lesser ones.
struct QuantileBins {
  /// How many there may be.
  static let limits = 2...10_000

  private let edges: [Double]

  /// - Parameters:
  ///   - count: taken to be the nearest of `limits`.
  ///   - values: ascending, not empty, without NaN.
  init(_ count: Int, sorted values: [Double]) {
    let count = count.within(Self.limits)
    var edges: [Double] = []
    for k in 1..<count {
      let edge = values[max(0, (k * values.count + count - 1) / count - 1)]
      if edges.last != edge { edges.append(edge) }
    }
    self.edges = edges
  }

  /// Bins are below this.
  var cardinality: Int { edges.count + 1 }

  func bin(of value: Double) -> UInt32 {
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] < value { low = middle + 1 } else { high = middle }
    }
    return UInt32(low)
  }
}

extension SharedCodes {
  /// The levels of a column of categories, the quantile bins of one of numbers; missing values are the last code. Nil where
  /// the two differ in kind or the real column has no values.
  init?(_ column: AlignedColumn, bins: Int) {
    guard column.mismatch == nil else { return nil }
    if let levels = SharedCodes(levelsOf: column.real, column.synthetic) {
      guard levels.real.contains(where: { $0 != levels.missing }) else { return nil }
      self = levels
      return
    }
    guard let real = column.real.numbersWithGaps(), let synthetic = column.synthetic.numbersWithGaps() else {
      return nil
    }
    let present = real.filter { !$0.isNaN }
    guard !present.isEmpty else { return nil }
    let cut = QuantileBins(bins, sorted: sortedAscending(present))
    let missing = UInt32(cut.cardinality)
    self.init(
      cardinality: cut.cardinality + 1, real: real.map { $0.isNaN ? missing : cut.bin(of: $0) },
      synthetic: synthetic.map { $0.isNaN ? missing : cut.bin(of: $0) })
  }
}
