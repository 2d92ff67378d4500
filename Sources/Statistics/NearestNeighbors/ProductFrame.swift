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

  /// Nil where the numbers are beyond what can be scaled, or vanish beside the categories: those of equal points differ
  /// from their mean by its rounding only.
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
    let scale = reach > 1e-150 ? 1 / reach : 1
    let heaviest = points.categories.reduce(0) { max($0, $1.dissimilarity.greatest) }
    guard heaviest * scale * scale < 1e20 else { return nil }
    self.scale = scale
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
