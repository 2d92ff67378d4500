import CKernels

/// The features that no matrix product covers: categories, and numbers that some points lack. What they add to squared
/// distances, in single precision, is never above the truth by more than `slack` of the two points' squares.
///
/// Categories are bytes here, the rest of their codes by 255: two levels that share a byte count as equal, so that a
/// distance can come out too small, never too large, and those that seem near are measured again anyway.
struct SingleFeatures: Sendable {
  /// Categories that add the same where they differ.
  private struct Group: Sendable {
    let weight: Float
    let features: [Int]
    /// Feature by feature, `count` bytes each.
    let codes: [[UInt8]]
  }

  /// Counted in bytes, so many at a time.
  private static let mostFeaturesOfGroup = 255

  private let points: MixedPoints
  private let frame: ProductFrame
  /// Numeric columns with missing values, and their values, scaled.
  private let gappy: [(column: Int, values: [Float])]
  private let groups: [Group]
  private let tables: [(feature: Int, values: [Float], levels: Int)]

  var isEmpty: Bool { gappy.isEmpty && groups.isEmpty && tables.isEmpty }

  init(_ points: MixedPoints, frame: ProductFrame) {
    self.points = points
    self.frame = frame
    gappy = frame.gappy.map { column in
      (column, (0..<points.count).map { frame.scaled(points.numbers[$0 * points.dimensions + column], column) })
    }
    let share = frame.scale * frame.scale * (1 - frame.slack)
    var byWeight: [(weight: Double, features: [Int])] = []
    var tables: [(feature: Int, values: [Float], levels: Int)] = []
    for (index, feature) in points.categories.enumerated() {
      switch feature.dissimilarity {
      case .table(let values, let levels):
        tables.append((index, values.map { Float($0 * share).nextDown }, levels))
      case .mismatch(let weight):
        if let place = byWeight.firstIndex(where: {
          $0.weight == weight && $0.features.count < Self.mostFeaturesOfGroup
        }) {
          byWeight[place].features.append(index)
        } else {
          byWeight.append((weight, [index]))
        }
      }
    }
    self.tables = tables
    groups = byWeight.map { weight, features in
      Group(
        weight: Float(weight * share).nextDown, features: features,
        codes: features.map { points.categories[$0].codes.map(Self.byte) })
    }
  }

  private static func byte(_ code: Int32) -> UInt8 { code < 0 ? UInt8(MYNAH_MISSING_CODE) : UInt8(code % 255) }

  /// Memory for the counts of a tile.
  final class Counts {
    let differing: UnsafeMutablePointer<UInt8>
    let absent: UnsafeMutablePointer<UInt8>

    init(tile: Int) {
      differing = .allocate(capacity: tile)
      absent = .allocate(capacity: tile)
      differing.initialize(repeating: 0, count: tile)
      absent.initialize(repeating: 0, count: tile)
    }

    deinit {
      differing.deallocate()
      absent.deallocate()
    }
  }

  /// The query's features that are missing, of those that are looked at here.
  func absent(_ row: Int, of other: MixedPoints) -> Int {
    gappy.count { other.numbers[row * other.dimensions + $0.column].isNaN }
      + other.categories.count { $0.codes[row] < 0 }
  }

  /// Adds what the points of a tile are apart from a query, and how many more features each lacks.
  func add(
    _ row: Int, of other: MixedPoints, tile: Range<Int>, to penalties: UnsafeMutablePointer<Float>,
    absent: UnsafeMutablePointer<Float>, _ counts: Counts
  ) {
    for (column, values) in gappy {
      let value = other.numbers[row * other.dimensions + column]
      if value.isNaN { continue }
      values.withUnsafeBufferPointer { values in
        guard let x = values.baseAddress.map({ $0 + tile.lowerBound }) else { return }
        mynah_add_known_squares(x, tile.count, frame.scaled(value, column), penalties, absent)
      }
    }
    for group in groups {
      for (feature, codes) in zip(group.features, group.codes) {
        let code = other.categories[feature].codes[row]
        if code < 0 { continue }
        codes.withUnsafeBufferPointer { codes in
          guard let codes = codes.baseAddress.map({ $0 + tile.lowerBound }) else { return }
          mynah_count_mismatches(codes, tile.count, Self.byte(code), counts.differing, counts.absent)
        }
      }
      mynah_add_counts(counts.differing, tile.count, group.weight, penalties)
      mynah_add_counts(counts.absent, tile.count, 1, absent)
    }
    for (feature, values, levels) in tables {
      let code = other.categories[feature].codes[row]
      if code < 0 { continue }
      points.categories[feature].codes.withUnsafeBufferPointer { codes in
        values.withUnsafeBufferPointer { values in
          guard let codes = codes.baseAddress.map({ $0 + tile.lowerBound }), let base = values.baseAddress else {
            return
          }
          mynah_add_table(codes, tile.count, base + Int(code) * levels, penalties, absent)
        }
      }
    }
  }
}
