import MynahTables

/// Ten bins of equal width between a column's least and greatest value, as `numpy.histogram_bin_edges` sets them and
/// `numpy.digitize` assigns them: bin 1 begins at the least value; the greatest value, which closes the last bin, gets
/// a bin of its own, number 11, and so do missing values.
enum EqualWidthBins {
  /// One more than the greatest bin number.
  static let cardinality = 12
  private static let count = 10

  /// The bin of each number; nil where the numbers have no bins, because one is infinite or their span is.
  static func codes(of numbers: [Double]) -> [UInt32]? {
    guard let edges = edges(of: numbers) else { return nil }
    return edges.withUnsafeBufferPointer { edges in
      numbers.map { number in
        var bin: UInt32 = 0
        // Not "number >= edge": NaN belongs after every edge.
        for edge in edges { bin += number < edge ? 0 : 1 }
        return bin
      }
    }
  }

  private static func edges(of numbers: [Double]) -> [Double]? {
    var (low, high) = (Double.infinity, -Double.infinity)
    for number in numbers {
      if number < low { low = number }
      if number > high { high = number }
    }
    if low > high { (low, high) = (0, 1) }
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    guard (high - low).isFinite else { return nil }
    let step = (high - low) / Double(count)
    return (0..<count).map { Double($0) * step + low } + [high]
  }
}

extension Column {
  /// The numbers as SDMetrics bins them: it counts time in nanoseconds, and edges are rounded accordingly.
  func numbersForBinning() -> [Double]? {
    guard case .timestamp = self else { return numbersWithGaps() }
    return numbersWithGaps()?.map { $0 * 1e9 }
  }
}
