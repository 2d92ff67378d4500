import MynahParallelism

/// New texts of a pattern that is no number: a function of the row's number, so that rows made in several calls never
/// share one, and nothing need be remembered.
///
/// The last places, as many as give fewer than 2^62 texts, hold a permutation of the row's number; the places before them
/// are random.
struct FreshTexts {
  private let prefix: [UInt8]
  private let suffix: [UInt8]
  private let places: [Place]
  /// The runs of places that are filled from one number each, the last run first.
  private let runs: [Range<Int>]
  private let permutation: Permutation
  private let salt: UInt64

  private struct Place {
    var bytes: [UInt8]
    var isLiteral: Bool
    var choices: UInt64 { isLiteral ? 1 : UInt64(bytes.count) }
  }

  /// - Parameters:
  ///   - rowCount: rows are numbered from 0 to below this; at most 2^56.
  ///   - seen: how many different texts the pattern was learned from.
  ///   - salt: decides what the places before the last ones hold.
  init(_ pattern: IdentifierPattern, rowCount: Int, apartFrom seen: Int, salt: UInt64) {
    prefix = Array(pattern.prefix.utf8)
    suffix = Array(pattern.suffix.utf8)
    places = Self.grown(pattern, rowCount: rowCount, apartFrom: seen).map { place in
      if case .literal = place { return Place(bytes: place.bytes, isLiteral: true) }
      return Place(bytes: place.bytes, isLiteral: false)
    }
    self.salt = salt
    var runs: [Range<Int>] = []
    var end = places.count
    while end > 0 {
      var start = end
      var forms: UInt64 = 1
      while start > 0, forms < (1 << 62) / places[start - 1].choices {
        start -= 1
        forms *= places[start].choices
      }
      runs.append(start..<end)
      end = start
    }
    self.runs = runs
    // The lower half of the last run is the half of its places, not of its texts: near enough.
    let last = runs.first ?? 0..<0
    let middle = (last.lowerBound + last.upperBound) / 2
    permutation = Permutation(
      high: Self.forms(places[last.lowerBound..<middle]), low: Self.forms(places[middle..<last.upperBound]),
      key: pattern.key ^ UInt64(places.count))
  }

  private static func forms(_ places: ArraySlice<Place>) -> UInt64 { places.reduce(1) { $0 * $1.choices } }

  /// The places, and more where there are too few: there must be a thousand texts for each one seen or wanted, and a
  /// real one must be out of reach, because texts are longer than any seen or because there are a thousand for each pair
  /// of one seen and one wanted.
  private static func grown(
    _ pattern: IdentifierPattern, rowCount: Int, apartFrom seen: Int
  ) -> [IdentifierPattern.Place] {
    var places = pattern.places
    let more = places.last { $0.choices > 1 } ?? .any(.digit)
    var forms = places.reduce(1.0) { $0 * Double($1.choices) }
    var length = places.reduce(pattern.prefix.utf8.count + pattern.suffix.utf8.count) { length, place in
      if case .literal(let text) = place { return length + text.utf8.count }
      return length + 1
    }
    let (known, wanted) = (Double(max(1, seen)), Double(max(1, rowCount)))
    while forms < 1_000 * (known + wanted) || (length <= pattern.longestSeen && forms < 1_000 * known * wanted) {
      places.append(more)
      forms *= Double(more.choices)
      length += 1
    }
    return places
  }

  /// Rows filled by one task.
  private static let batch = 4_096

  func texts(of rows: Range<Int>) -> [String] {
    let capacity = prefix.count + suffix.count + places.reduce(0) { $0 + ($1.isLiteral ? $1.bytes.count : 1) }
    return [String](unsafeUninitializedCapacity: rows.count) { texts, count in
      nonisolated(unsafe) let texts = texts
      parallelChunks(of: rows.count, size: Self.batch) { chunk in
        for place in chunk {
          let text = String(unsafeUninitializedCapacity: capacity) { buffer in
            fill(buffer, row: UInt64(rows.lowerBound + place))
            return capacity
          }
          texts.initializeElement(at: place, to: text)
        }
      }
      count = rows.count
    }
  }

  /// Writes a text from its end to its beginning.
  private func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>, row: UInt64) {
    var end = buffer.count
    func write(_ bytes: [UInt8]) {
      for byte in bytes.reversed() {
        end -= 1
        buffer[end] = byte
      }
    }
    write(suffix)
    for (index, run) in runs.enumerated() {
      var number = index == 0 ? permutation(row) : mixed(salt &+ UInt64(index), row)
      for place in run.reversed() {
        if places[place].isLiteral {
          write(places[place].bytes)
        } else {
          let (quotient, remainder) = number.quotientAndRemainder(dividingBy: UInt64(places[place].bytes.count))
          number = quotient
          end -= 1
          buffer[end] = places[place].bytes[Int(remainder)]
        }
      }
    }
    write(prefix)
  }
}

/// A permutation of the numbers below `high · low` that looks random: a Feistel network whose halves add up modulo their
/// sizes instead of xor-ing (after Luby and Rackoff, "How to construct pseudorandom permutations from pseudorandom
/// functions", 1988). It hides the order of rows, no more; it is no cipher.
private struct Permutation {
  let high: UInt64
  let low: UInt64
  let key: UInt64

  func callAsFunction(_ number: UInt64) -> UInt64 {
    var (upper, lower) = number.quotientAndRemainder(dividingBy: low)
    for round in 0..<3 as Range<UInt64> {
      upper = shifted(upper, by: mixed(key &+ 2 * round, lower), below: high)
      lower = shifted(lower, by: mixed(key &+ 2 * round &+ 1, upper), below: low)
    }
    return upper * low + lower
  }

  /// `value` + a number below `bound` that `random` says, modulo `bound`.
  private func shifted(_ value: UInt64, by random: UInt64, below bound: UInt64) -> UInt64 {
    let sum = value + random.multipliedFullWidth(by: bound).high
    return sum < bound ? sum : sum - bound
  }
}

/// A random-looking function of two numbers (the finalizer of SplitMix64, Steele, Lea and Flood, 2014, on their mixture).
private func mixed(_ key: UInt64, _ number: UInt64) -> UInt64 {
  func scrambled(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
  return scrambled(scrambled(key &* 0x9e37_79b9_7f4a_7c15) &+ number &* 0x9e37_79b9_7f4a_7c15)
}
