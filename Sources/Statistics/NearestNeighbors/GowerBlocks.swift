import CKernels

/// Points as the kernel of `GowerNeighbors` reads them, 64 rows at a time, and in double precision for a second look.
struct GowerBlocks: Sendable {
  let count: Int
  let blocks: Int
  /// Categories whose codes fit a byte; the others are compared as numbers, since two codes that differ are at least 1 apart.
  let isNarrow: [Bool]
  /// `[block][number][64]`.
  private(set) var numbers: [Float]
  /// `[block][level][64]`.
  private(set) var levels: [UInt8]
  /// Row-major; missing values are far away from everything but each other.
  private(set) var exact: [Double]

  static let width = Int(MYNAH_GOWER_BLOCK)
  /// A level that no searched point has.
  private static let unknown: UInt8 = 255
  private static let missing = 1e300
  /// Differences beyond 1 do not count, so a value far outside of the range may move: to a bound that single precision
  /// resolves.
  private static let farthest = 8192.0

  init(_ points: MixedPoints) {
    count = points.count
    blocks = (count + Self.width - 1) / Self.width
    isNarrow = points.categories.map { feature in feature.codes.allSatisfy { $0 >= -1 && $0 < 254 } }
    let padded = blocks * Self.width
    let numberCount = points.dimensions + isNarrow.lazy.filter { !$0 }.count
    let levelCount = points.featureCount - numberCount
    numbers = [Float](repeating: 0, count: padded * numberCount)
    levels = [UInt8](repeating: 0, count: padded * levelCount)
    exact = Self.rows(of: points)
    var query = GowerQuery(numbers: [], levels: [], slack: 0)
    for row in 0..<count {
      query = self.query(row, of: points, exact: exact)
      let (block, place) = (row / Self.width, row % Self.width)
      for (j, value) in query.numbers.enumerated() {
        numbers[(block * numberCount + j) * Self.width + place] = value
      }
      for (j, code) in query.levels.enumerated() { levels[(block * levelCount + j) * Self.width + place] = code }
    }
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
