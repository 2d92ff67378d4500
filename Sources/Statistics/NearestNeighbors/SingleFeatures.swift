import CKernels

/// The features that no matrix product covers, in single precision: categories, and numbers that some points lack. What they
/// add to squared distances is never above the truth by more than `slack` of the two points' squares.
struct SingleFeatures: Sendable {
  private enum Category: Sendable {
    case mismatch(weight: Float)
    case table([Float], levels: Int)
  }

  private let points: MixedPoints
  /// Numeric columns with missing values, and their values, scaled.
  private let gappy: [(column: Int, values: [Float])]
  private let categories: [Category]
  let frame: ProductFrame

  var isEmpty: Bool { gappy.isEmpty && categories.isEmpty }

  init(_ points: MixedPoints, frame: ProductFrame) {
    self.points = points
    self.frame = frame
    gappy = frame.gappy.map { column in
      (column, (0..<points.count).map { frame.scaled(points.numbers[$0 * points.dimensions + column], column) })
    }
    let share = frame.scale * frame.scale * (1 - frame.slack)
    categories = points.categories.map { feature in
      switch feature.dissimilarity {
      case .mismatch(let weight): .mismatch(weight: Float(weight * share).nextDown)
      case .table(let values, let levels): .table(values.map { Float($0 * share).nextDown }, levels: levels)
      }
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
    absent: UnsafeMutablePointer<Float>
  ) {
    for (column, values) in gappy {
      let value = other.numbers[row * other.dimensions + column]
      if value.isNaN { continue }
      values.withUnsafeBufferPointer { values in
        guard let x = values.baseAddress.map({ $0 + tile.lowerBound }) else { return }
        mynah_add_known_squares(x, tile.count, frame.scaled(value, column), penalties, absent)
      }
    }
    for (index, category) in categories.enumerated() {
      let code = other.categories[index].codes[row]
      if code < 0 { continue }
      points.categories[index].codes.withUnsafeBufferPointer { codes in
        guard let codes = codes.baseAddress.map({ $0 + tile.lowerBound }) else { return }
        switch category {
        case .mismatch(let weight) where !points.hasMissing:
          mynah_add_mismatches(codes, tile.count, code, weight, penalties)
        case .mismatch(let weight):
          mynah_add_known_mismatches(codes, tile.count, code, weight, penalties, absent)
        case .table(let values, let levels):
          values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            mynah_add_table(codes, tile.count, base + Int(code) * levels, penalties, absent)
          }
        }
      }
    }
  }
}

/// How numbers are centred and scaled before they are rounded to single precision.
struct ProductFrame: Sendable {
  /// Columns without missing values, for the product, and the others.
  let complete: [Int]
  let gappy: [Int]
  let center: [Double]
  /// 1 over the greatest distance of a number from its column's centre.
  let scale: Double
  /// The share of two points' squares that the error of their computed squared distance can be.
  let slack: Double

  /// Nil where the numbers are beyond what can be scaled.
  init?(_ points: MixedPoints) {
    let (n, d) = (points.count, points.dimensions)
    var sums = [Double](repeating: 0, count: d)
    var counts = [Double](repeating: 0, count: d)
    points.numbers.withUnsafeBufferPointer { numbers in
      for row in 0..<n {
        for j in 0..<d where !numbers[row * d + j].isNaN {
          sums[j] += numbers[row * d + j]
          counts[j] += 1
        }
      }
    }
    let center = zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
    var reach = 0.0
    points.numbers.withUnsafeBufferPointer { numbers in
      for row in 0..<n {
        for j in 0..<d where !numbers[row * d + j].isNaN { reach = max(reach, abs(numbers[row * d + j] - center[j])) }
      }
    }
    guard reach < 1e150, center.allSatisfy(\.isFinite) else { return nil }
    complete = (0..<d).filter { counts[$0] == Double(n) }
    gappy = (0..<d).filter { counts[$0] < Double(n) }
    self.center = center
    scale = reach > 1e-150 ? 1 / reach : 1
    slack = Double(d + points.categories.count + 16) * 0x1p-23
  }

  func scaled(_ value: Double, _ column: Int) -> Float { Float((value - center[column]) * scale) }

  /// The complete columns of some rows, row-major.
  func scaled(_ points: MixedPoints, rows: some Collection<Int>) -> [Float] {
    let (d, width) = (points.dimensions, complete.count)
    return [Float](unsafeUninitializedCapacity: rows.count * width) { buffer, initialized in
      points.numbers.withUnsafeBufferPointer { numbers in
        for (place, row) in rows.enumerated() {
          for (j, column) in complete.enumerated() {
            buffer.initializeElement(at: place * width + j, to: scaled(numbers[row * d + column], column))
          }
        }
      }
      initialized = rows.count * width
    }
  }

  /// Of each row the square of its complete numbers, less `slack` of the square of all.
  func shrunkNorms(_ points: MixedPoints, _ scaled: [Float], rows: some Collection<Int>) -> [Double] {
    let (d, width) = (points.dimensions, complete.count)
    return scaled.withUnsafeBufferPointer { scaled in
      rows.enumerated().map { place, row in
        var sum = 0.0
        for j in 0..<width { sum += Double(scaled[place * width + j]) * Double(scaled[place * width + j]) }
        var whole = sum
        for column in gappy {
          let value = points.numbers[row * d + column]
          if !value.isNaN { whole += Double(self.scaled(value, column)) * Double(self.scaled(value, column)) }
        }
        return sum - slack * whole
      }
    }
  }
}
