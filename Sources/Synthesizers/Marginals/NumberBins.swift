/// The empirical distribution of numbers as bins: ascending, without overlap, each with the rows that fall into it. A bin
/// of one value is an atom; in any other, numbers lie evenly between its ends.
///
/// A value that several rows hold is an atom. One that a single row holds becomes a bin which reaches half-way to its
/// neighbours, so that numbers drawn from it are seldom those of a row. With more than `limit` distinct values,
/// neighbours share bins of about 1/`limit` of the rows each, and only values that at least two such shares hold stay
/// atoms: the size does not grow with the rows, and the distribution function is off by less than 1/`limit`.
struct NumberBins<Value: Comparable & Sendable & Equatable>: Sendable, Equatable {
  var lows: [Value] = []
  var highs: [Value] = []
  var counts: [Int64] = []

  var count: Int { counts.count }

  init(lows: [Value], highs: [Value], counts: [Int64]) {
    self.lows = lows
    self.highs = highs
    self.counts = counts
  }

  /// - Parameters:
  ///   - values: distinct and ascending.
  ///   - weights: the rows that hold each.
  ///   - between: the ends of neighbouring bins where the first holds the lesser and the second the greater of two values.
  init(values: [Value], weights: [Int64], limit: Int, between: (Value, Value) -> (Value, Value)) {
    let total = weights.reduce(0, +)
    let isSmall = values.count <= limit
    let share = max(1, total / Int64(max(1, limit)))
    let spike = isSmall ? 2 : max(2, 2 * share)
    var index = 0
    while index < values.count {
      guard weights[index] < spike else {
        append(values[index], values[index], weights[index])
        index += 1
        continue
      }
      let first = index
      var weight: Int64 = 0
      while index < values.count, weights[index] < spike, index == first || (!isSmall && weight < share) {
        weight += weights[index]
        index += 1
      }
      let low = first == 0 ? values[first] : between(values[first - 1], values[first]).1
      let high = index == values.count ? values[index - 1] : between(values[index - 1], values[index]).0
      append(low, high, weight)
    }
  }

  private mutating func append(_ low: Value, _ high: Value, _ weight: Int64) {
    lows.append(low)
    highs.append(high)
    counts.append(weight)
  }

  /// The bin that a value is in; between two bins, that below it; below all, the first.
  func bin(of value: Value) -> Int {
    lows.withUnsafeBufferPointer { lows in
      var (low, high) = (0, lows.count)
      while low < high {
        let middle = (low + high) / 2
        if lows[middle] <= value { low = middle + 1 } else { high = middle }
      }
      return max(0, low - 1)
    }
  }
}
