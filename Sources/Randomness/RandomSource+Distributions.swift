#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension RandomSource {
  /// Uniform on [0, 1), 53 bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Standard normal, by Box and Muller (one value of the pair is used).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// Standard Gumbel, −log(−log u), with u of 52 bits and a half: never 0 or 1.
  public mutating func gumbel() -> Double { -log(-log((Double(next() >> 12) + 0.5) * 0x1p-52)) }

  /// Uniform on 0 ..< bound, without bias (Lemire, "Fast random integer generation in an interval", 2019).
  public mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "index(below:): the bound must be positive, got \(bound)")
    return Int(next(upperBound: UInt64(bound)))
  }

  /// An index with probability proportional to its weight. `cumulative` holds the running sums of the weights.
  public mutating func index(cumulative: [Double]) -> Int {
    precondition(!cumulative.isEmpty, "index(cumulative:): no weights")
    let target = uniform() * cumulative[cumulative.count - 1]
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > target { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// 0, 1, … `count - 1` in random order (Fisher and Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    order.shuffle(using: &self)
    return order
  }
}
