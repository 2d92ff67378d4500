import MynahRandomness

/// Draws an index with probability proportional to its count, in the same time for any number of them (Walker, "An
/// efficient method for generating discrete random variables with general distributions", 1977; built as by Vose, 1991).
///
/// n columns are as high as the total N: each holds an index's own share up to a threshold, and another's above it. Heights
/// are whole numbers, countᵢ · n, so that probabilities are exact.
package struct AliasTable: Sendable, Equatable {
  private let total: Int
  private let thresholds: [Int]
  private let others: [Int32]

  /// - Precondition: there is a count, and each is in 1...2³¹ − 1; there are fewer than 2³¹.
  package init(counts: [Int]) {
    let count = counts.count
    precondition(
      count > 0 && count < Int(Int32.max) && counts.allSatisfy { $0 > 0 && $0 <= Int(Int32.max) },
      "AliasTable: counts must be in 1...2^31 - 1")
    let total = counts.reduce(0, +)
    var heights = counts.map { $0 * count }
    var others = Array(Int32(0)..<Int32(count))
    var low = heights.indices.filter { heights[$0] < total }
    var high = heights.indices.filter { heights[$0] > total }
    while let short = low.popLast(), let tall = high.last {
      others[short] = Int32(tall)
      heights[tall] -= total - heights[short]
      if heights[tall] <= total { high.removeLast() }
      if heights[tall] < total { low.append(tall) }
    }
    self.total = total
    thresholds = heights
    self.others = others
  }

  package func draw(using random: inout RandomSource) -> Int {
    let column = random.index(below: thresholds.count)
    return random.index(below: total) < thresholds[column] ? column : Int(others[column])
  }
}
