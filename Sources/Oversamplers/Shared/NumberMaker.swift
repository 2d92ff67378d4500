import Foundation
import MynahTables

/// Makes the numbers of one column: base + step · (partner − base), in the column's own kind.
///
/// Where one parent has no value, the nearer parent decides whether the new row has one. Whole numbers and times are
/// rounded, decimals to as many digits as the file has, so that rows are what is written. A value that would leave the range
/// of the real ones is put at its end.
struct NumberMaker {
  private let source: Column
  /// What the values of a class lie in.
  private let range: (Int) -> ClosedRange<Double>?
  /// 10 to the power of the digits after the point; nil where they are not limited.
  private let digits: Double?
  /// The nearer parent's value, or the base's, instead of one between.
  private let isCopied: Bool
  /// Rounds towards zero, as a cast does.
  private let truncates: Bool

  init(
    _ source: Column, digits: Int?, isCopied: Bool, truncates: Bool, range: @escaping (Int) -> ClosedRange<Double>?
  ) {
    self.source = source
    self.range = range
    self.digits = digits.flatMap { $0 <= 15 ? pow(10, Double($0)) : nil }
    self.isCopied = isCopied
    self.truncates = truncates
  }

  func column(
    _ parts: [RecipePart], count: Int, noise: (Int, Double) -> Double, deviation: (RecipePart) -> Double?
  ) -> Column {
    switch source {
    case .continuous(let values, let validity):
      let (made, present) = make(parts, count, validity, noise, deviation, value: { values[$0] })
      return .continuous(made.map(rounded), present)
    case .integer(let values, let validity):
      let (made, present) = whole(parts, count, values, validity, noise, deviation)
      return .integer(made, present)
    case .timestamp(let values, let validity):
      let (made, present) = whole(parts, count, values, validity, noise, deviation)
      return .timestamp(made, present)
    case .categorical: return source.gathering([])
    }
  }

  private func rounded(_ value: Double) -> Double {
    guard let digits, abs(value) * digits < 0x1p53 else { return value }
    return (value * digits).rounded() / digits
  }

  private func whole(
    _ parts: [RecipePart], _ count: Int, _ values: [Int64], _ validity: Validity?, _ noise: (Int, Double) -> Double,
    _ deviation: (RecipePart) -> Double?
  ) -> ([Int64], Validity?) {
    let (made, present) = make(parts, count, validity, noise, deviation, value: { Double(values[$0]) })
    let whole = made.map { value in
      Int64(exactly: truncates ? value.rounded(.towardZero) : value.rounded()) ?? (value < 0 ? .min : .max)
    }
    // Beyond 2⁵³ a double is not the whole number itself; a copy is.
    guard parts.contains(where: { $0.segment.partners.first == -1 }) else { return (whole, present) }
    var exact = whole
    var row = 0
    for part in parts {
      for place in part.places {
        if part.segment.partners[place] < 0, part.noise.isEmpty { exact[row] = values[Int(part.segment.bases[place])] }
        row += 1
      }
    }
    return (exact, present)
  }

  @inline(__always)
  private func make(
    _ parts: [RecipePart], _ count: Int, _ validity: Validity?, _ noise: (Int, Double) -> Double,
    _ deviation: (RecipePart) -> Double?, value: (Int) -> Double
  ) -> ([Double], Validity?) {
    var made: [Double] = []
    made.reserveCapacity(count)
    var missing: [Int] = []
    for part in parts {
      let segment = part.segment
      // Columns that come from one parent stay as that parent has them.
      let deviation = isCopied ? nil : deviation(part)
      let range = range(segment.classIndex)
      for (offset, place) in part.places.enumerated() {
        let base = Int(segment.bases[place])
        let partner = segment.partners[place] < 0 ? base : Int(segment.partners[place])
        let step = segment.steps[place]
        let (hasBase, hasPartner) = (validity?[base] ?? true, validity?[partner] ?? true)
        let nearer = abs(step) > 0.5 ? partner : base
        var result = 0.0
        if isCopied || hasBase != hasPartner {
          if validity?[nearer] ?? true { result = value(nearer) } else { missing.append(made.count) }
        } else if !hasBase {
          missing.append(made.count)
        } else {
          let start = value(base)
          result = partner == base ? start : start + step * (value(partner) - start)
        }
        if let deviation { result += noise(part.firstRow + offset, deviation) }
        if let range { result = min(max(result, range.lowerBound), range.upperBound) }
        made.append(result)
      }
    }
    guard !missing.isEmpty else { return (made, nil) }
    var present = Validity(count: made.count)
    for row in missing {
      present[row] = false
      made[row] = 0
    }
    return (made, present)
  }
}

extension Column {
  /// The least and the greatest number; nil for categories and columns without a value.
  var range: ClosedRange<Double>? {
    var (low, high) = (Double.infinity, -Double.infinity)
    switch self {
    case .categorical: return nil
    case .continuous(let values, let validity):
      for row in values.indices where validity?[row] ?? true {
        (low, high) = (min(low, values[row]), max(high, values[row]))
      }
    case .integer(let values, let validity), .timestamp(let values, let validity):
      for row in values.indices where validity?[row] ?? true {
        (low, high) = (min(low, Double(values[row])), max(high, Double(values[row])))
      }
    }
    return low <= high ? low...high : nil
  }
}
