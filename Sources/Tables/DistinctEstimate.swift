#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many distinct values a column of numbers holds, within about 3 % (HyperLogLog: Flajolet, Fusy, Gandouet and
/// Meunier, 2007). The same for any order of the rows.
struct DistinctEstimate {
  private static let bits = 14
  private var ranks = [UInt8](repeating: 0, count: 1 << bits)

  init(_ column: Column) {
    switch column {
    case .continuous(let values, _): add(values) { $0.bitPattern }
    case .integer(let values, _), .timestamp(let values, _): add(values) { UInt64(bitPattern: $0) }
    case .categorical(let codes, _, _): add(codes) { UInt64(truncatingIfNeeded: $0) }
    }
  }

  private mutating func add<Value>(_ values: [Value], _ key: (Value) -> UInt64) {
    ranks.withUnsafeMutableBufferPointer { ranks in
      for value in values {
        var hash = key(value) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 32
        hash = hash &* 0xD6E8_FEB8_6659_FD93
        let place = Int(truncatingIfNeeded: hash >> UInt64(64 - Self.bits))
        let rank = UInt8(truncatingIfNeeded: (hash << UInt64(Self.bits) | 1).leadingZeroBitCount + 1)
        if rank > ranks[place] { ranks[place] = rank }
      }
    }
  }

  var count: Int {
    let size = Double(ranks.count)
    let sum = ranks.reduce(0.0) { $0 + Double(sign: .plus, exponent: -Int($1), significand: 1) }
    let raw = 0.7213 / (1 + 1.079 / size) * size * size / sum
    let empty = ranks.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
    // Few values leave many places empty: counted by these (linear counting).
    guard raw <= 2.5 * size, empty > 0 else { return Int(raw.rounded()) }
    return Int((size * -log(Double(empty) / size)).rounded())
  }
}
