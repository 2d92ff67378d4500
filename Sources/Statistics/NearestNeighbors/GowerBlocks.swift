import CKernels

/// Points as the kernel of `GowerNeighbors` reads them, 64 rows at a time, and in double precision for a second look.
///
/// Of equal rows the first stand before the second, and those before the third: only the first k can be among k neighbours,
/// and tables with many equal rows are searched that much faster.
struct GowerBlocks: Sendable {
  /// The points by place.
  let order: [Int32]
  /// By number of equal rows before a row: how many places hold rows with so many or fewer.
  private let ends: [Int]
  /// Categories whose codes fit a byte; the others are compared as numbers, since two codes that differ are at least 1 apart.
  let isNarrow: [Bool]
  /// `[block][number][64]`.
  private(set) var numbers: [Float]
  /// `[block][level][64]`.
  private(set) var levels: [UInt8]
  /// Row-major, by point; missing values are far away from everything but each other.
  private(set) var exact: [Double]

  static let width = Int(MYNAH_GOWER_BLOCK)
  /// A level that no searched point has.
  private static let unknown: UInt8 = 255
  private static let missing = 1e300
  /// Differences beyond 1 do not count, so a value far outside of the range may move: to a bound that single precision
  /// resolves.
  private static let farthest = 8192.0

  init(_ points: MixedPoints) {
    exact = Self.rows(of: points)
    let ranks = Self.ranks(exact, points.count, points.featureCount)
    var counts = [Int](repeating: 0, count: Int(ranks.max() ?? -1) + 1)
    for rank in ranks { counts[Int(rank)] += 1 }
    var starts: [Int] = []
    var sum = 0
    for count in counts {
      starts.append(sum)
      sum += count
    }
    ends = zip(starts, counts).map { $0 + $1 }
    var order = [Int32](repeating: 0, count: points.count)
    for (row, rank) in ranks.enumerated() {
      order[starts[Int(rank)]] = Int32(row)
      starts[Int(rank)] += 1
    }
    self.order = order

    isNarrow = points.categories.map { feature in feature.codes.allSatisfy { $0 >= -1 && $0 < 254 } }
    let padded = (points.count + Self.width - 1) / Self.width * Self.width
    let numberCount = points.dimensions + isNarrow.lazy.filter { !$0 }.count
    let levelCount = points.featureCount - numberCount
    numbers = [Float](repeating: 0, count: padded * numberCount)
    levels = [UInt8](repeating: 0, count: padded * levelCount)
    for (position, row) in order.enumerated() {
      let query = query(Int(row), of: points, exact: exact)
      let (block, place) = (position / Self.width, position % Self.width)
      for (j, value) in query.numbers.enumerated() {
        numbers[(block * numberCount + j) * Self.width + place] = value
      }
      for (j, code) in query.levels.enumerated() { levels[(block * levelCount + j) * Self.width + place] = code }
    }
  }

  /// How many places hold all rows that have fewer than `limit` equal ones before them.
  func places(below limit: Int) -> Int { ends.isEmpty || limit < 1 ? 0 : ends[min(limit, ends.count) - 1] }

  /// For each row how many rows before it are equal to it.
  private static func ranks(_ exact: [Double], _ count: Int, _ width: Int) -> [Int32] {
    var ranks = [Int32](repeating: 0, count: count)
    // Distinct rows of one hash are a chain.
    var chains: [UInt64: Int] = [:]
    var next = [Int](repeating: -1, count: count)
    var copies = [Int32](repeating: 0, count: count)
    exact.withUnsafeBufferPointer { exact in
      for row in 0..<count {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        for j in 0..<width {
          hash = (hash ^ (exact[row * width + j] + 0).bitPattern) &* 0xD6E8_FEB8_6659_FD93
          hash ^= hash >> 32
        }
        let head = chains[hash] ?? -1
        var other = head
        while other >= 0, !(0..<width).allSatisfy({ exact[row * width + $0] == exact[other * width + $0] }) {
          other = next[other]
        }
        if other >= 0 {
          ranks[row] = copies[other]
          copies[other] += 1
        } else {
          next[row] = head
          chains[hash] = row
          copies[row] = 1
        }
      }
    }
    return ranks
  }

  /// All features of all points in double precision, row-major.
  static func rows(of points: MixedPoints) -> [Double] {
    let width = points.featureCount
    return [Double](unsafeUninitializedCapacity: points.count * width) { buffer, initialized in
      for row in 0..<points.count {
        for j in 0..<points.dimensions {
          let value = points.numbers[row * points.dimensions + j]
          buffer[row * width + j] = value.isNaN ? missing : max(-missing / 4, min(missing / 4, value))
        }
        for (j, feature) in points.categories.enumerated() {
          buffer[row * width + points.dimensions + j] = Double(feature.codes[row])
        }
      }
      initialized = points.count * width
    }
  }

  /// One point in single precision, with what that may add to a sum.
  func query(_ row: Int, of points: MixedPoints, exact: [Double]) -> GowerQuery {
    let first = row * points.featureCount
    var query = GowerQuery(numbers: [], levels: [], slack: 0)
    for j in 0..<points.dimensions {
      let value = exact[first + j]
      guard value < Self.missing else {
        query.numbers.append(Float(1e30))
        continue
      }
      let near = max(-Self.farthest, min(Self.farthest, value))
      query.numbers.append(Float(near))
      query.slack += (2 * Float(abs(near)) + 3) * Float.ulpOfOne
    }
    for (j, isNarrow) in isNarrow.enumerated() {
      let code = points.categories[j].codes[row]
      if isNarrow {
        query.levels.append(code >= -1 && code < 254 ? UInt8(code + 1) : Self.unknown)
      } else {
        query.numbers.append(Float(code))
      }
    }
    let features = Float(points.featureCount)
    query.slack += features * features * Float.ulpOfOne
    return query
  }
}

/// A point whose neighbours are wanted, in single precision.
struct GowerQuery {
  var numbers: [Float]
  var levels: [UInt8]
  /// What rounding may add to a sum.
  var slack: Float
}
