import MynahRandomness
import MynahStatistics
import MynahTables

/// Real and synthetic rows as points of one space:
///
/// - a number is measured in standard deviations from the mean of the real column; a missing one stands at the mean, and
///   whether it is missing is a category of its own where any is;
/// - two rows whose levels differ are 1 apart, as one-hot vectors of length 1 / √2 are. Missing is a level.
///
/// Rows beyond `mostRows` of a table, of the real one `mostRealRows`, are left out at random.
struct RowSpace {
  let real: MixedPoints
  let synthetic: MixedPoints
  /// Rows of either table before any was left out.
  private let all: (real: Int, synthetic: Int)

  /// - Throws: `Inapplicable` where a table has fewer than two rows or no column has values; `TableError` for columns that
  ///   the synthetic table lacks.
  init(
    _ synthetic: Table, against real: Table, mostRows: Int, mostRealRows: Int? = nil, using random: inout RandomSource
  ) throws {
    let tables = try ComparableTables(real: real, synthetic: synthetic)
    guard real.rowCount >= 2, synthetic.rowCount >= 1 else {
      throw Inapplicable(
        "two real rows and a synthetic one are needed; there are \(real.rowCount) and \(synthetic.rowCount)")
    }
    guard mostRows >= 2 else { throw Inapplicable("at least 2 rows must be looked at, not \(mostRows)") }
    let kept = zip(tables.real.columns, tables.synthetic.columns).filter { real, _ in real.hasValues }
    guard !kept.isEmpty else { throw Inapplicable("no column has values in the real table that can be compared") }
    let (realCount, syntheticCount) = (real.rowCount, synthetic.rowCount)
    let realRows = sampledRows(of: real.rowCount, atMost: mostRealRows ?? mostRows, using: &random)
    // Of tables of one length the same rows, so that a table has the scores of itself.
    let isPaired = realCount == syntheticCount && mostRealRows == nil
    let syntheticRows = isPaired ? realRows : sampledRows(of: syntheticCount, atMost: mostRows, using: &random)
    var (own, other) = (PointColumns(count: realRows.count), PointColumns(count: syntheticRows.count))
    for (real, synthetic) in kept {
      let (real, synthetic) = (real.gathering(realRows), synthetic.gathering(syntheticRows))
      if case .categorical(let codes, let levels, _) = real, case .categorical(let others, _, _) = synthetic {
        let missing = Int32(levels.count)
        own.add(codes: codes.map { $0 < 0 ? missing : $0 })
        other.add(codes: others.map { $0 < 0 ? missing : $0 })
      } else {
        let (a, b) = (real.numbersWithGaps() ?? [], synthetic.numbersWithGaps() ?? [])
        let scale = NumberScale(a)
        own.add(numbers: a.map(scale.standardised))
        other.add(numbers: b.map(scale.standardised))
        if (a + b).contains(where: { !$0.isFinite }) {
          own.add(codes: a.map { $0.isFinite ? 0 : 1 })
          other.add(codes: b.map { $0.isFinite ? 0 : 1 })
        }
      }
    }
    (self.real, self.synthetic) = (own.points, other.points)
    all = (realCount, syntheticCount)
  }

  /// The rows used, and of how many they were drawn where not all were.
  var rowCounts: [String: Double] {
    var counts: [String: Double] = [:]
    counts.addSampling("rows.real", real.count, of: all.real)
    counts.addSampling("rows.synthetic", synthetic.count, of: all.synthetic)
    return counts
  }

  var isSampled: Bool { real.count < all.real || synthetic.count < all.synthetic }
}

/// The real column's mean and deviation.
private struct NumberScale {
  private let mean: Double
  private let deviation: Double

  init(_ numbers: [Double]) {
    let present = numbers.filter(\.isFinite)
    let count = Double(max(1, present.count))
    let mean = present.reduce(0) { $0 + $1 / count }
    let largest = present.reduce(0) { max($0, abs($1 - mean)) }
    // Divided first, so that no square overflows.
    let squares = present.reduce(0) { sum, number in
      let share = largest > 0 ? (number - mean) / largest : 0
      return sum + share * share / count
    }
    let deviation = largest * squares.squareRoot()
    self.mean = mean
    // What does not vary has no unit; its own size is one.
    self.deviation = deviation > 1e-12 * abs(mean) && deviation.isFinite ? deviation : max(abs(mean), 1)
  }

  /// Far beyond anything real, so that no square of a difference overflows.
  private static let farthest = 1e100

  func standardised(_ number: Double) -> Double {
    guard number.isFinite else { return 0 }
    return min(Self.farthest, max(-Self.farthest, (number - mean) / deviation))
  }
}

/// Columns of points that are put together.
private struct PointColumns {
  let count: Int
  private var numbers: [[Double]] = []
  private var categories: [CategoricalFeature] = []

  init(count: Int) { self.count = count }

  mutating func add(numbers column: [Double]) { numbers.append(column) }
  mutating func add(codes: [Int32]) { categories.append(CategoricalFeature(codes: codes, .mismatch(weight: 1))) }

  var points: MixedPoints {
    var rows = Array(repeating: 0.0, count: count * numbers.count)
    for (place, column) in numbers.enumerated() {
      for row in 0..<count { rows[row * numbers.count + place] = column[row] }
    }
    return MixedPoints(count: count, dimensions: numbers.count, numbers: rows, categories: categories)
  }
}
