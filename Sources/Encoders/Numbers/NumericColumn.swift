import MynahStatistics
import MynahTables

/// A column of numbers or times read as floating-point numbers.
///
/// Whole numbers are read as their distance from `origin`, which is 0 unless the column holds numbers beyond ±2^53: those
/// are not exact as floating-point numbers, their distances from the least one mostly are.
struct NumericColumn {
  /// How the numbers are stored.
  enum Form: String, Codable, Sendable { case continuous, integer, timestamp }

  private enum Values {
    case real([Double])
    case whole([Int64])
  }

  let form: Form
  let origin: Int64
  let count: Int
  let validity: Validity?
  private let values: Values

  /// - Parameter origin: the origin of an earlier fit; nil to choose one.
  init(_ column: Column, origin: Int64? = nil) throws(TableError) {
    validity = column.validity
    count = column.count
    try checkLength(of: validity, rows: column.count)
    switch column {
    case .continuous(let numbers, let validity):
      for row in numbers.indices where !numbers[row].isFinite && (validity.map { $0[row] } ?? true) {
        throw TableError("row \(row + 1) is \(numbers[row]), numbers must be finite")
      }
      (form, values, self.origin) = (.continuous, .real(numbers), 0)
    case .integer(let numbers, let validity):
      (form, values) = (.integer, .whole(numbers))
      self.origin = origin ?? Self.origin(of: numbers, validity)
    case .timestamp(let numbers, let validity):
      (form, values) = (.timestamp, .whole(numbers))
      self.origin = origin ?? Self.origin(of: numbers, validity)
    case .categorical:
      throw TableError("holds levels, the encoder takes numbers and times")
    }
  }

  private static func origin(of numbers: [Int64], _ validity: Validity?) -> Int64 {
    var (least, greatest) = (Int64.max, Int64.min)
    for row in numbers.indices where validity.map({ $0[row] }) ?? true {
      least = min(least, numbers[row])
      greatest = max(greatest, numbers[row])
    }
    return least < -(1 << 53) || greatest > 1 << 53 ? least : 0
  }

  /// The number that stands for a whole number.
  static func number(_ value: Int64, origin: Int64) -> Double {
    if origin == 0 { return Double(value) }
    return value >= origin ? Double(UInt64(bitPattern: value &- origin)) : -Double(UInt64(bitPattern: origin &- value))
  }

  /// The inverse, rounding; what is beyond the type's range becomes its end.
  static func whole(_ number: Double, origin: Int64) -> Int64 {
    let rounded = number.rounded()
    let distance = UInt64(exactly: rounded.magnitude) ?? .max
    if rounded < 0 {
      let room = UInt64(bitPattern: origin &- .min)
      return distance >= room ? .min : origin &- Int64(bitPattern: distance)
    }
    let room = UInt64(bitPattern: .max &- origin)
    return distance >= room ? .max : origin &+ Int64(bitPattern: distance)
  }

  /// The greatest whole number that divides all distances between ascending whole numbers: 86,400 for times that are
  /// dates, 100 for amounts in hundreds. 1 where there is none, or numbers are too large to tell.
  static func step(of numbers: [Double]) -> Double {
    guard let least = numbers.first, let greatest = numbers.last, greatest - least < 0x1p53 else { return 1 }
    var divisor: UInt64 = 0
    for number in numbers {
      var rest = UInt64(number - least)
      while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
      if divisor == 1 { break }
    }
    return Double(max(1, divisor))
  }

  /// Writes the numbers of `rows` to `output`; what stands for a missing value means nothing.
  func read(_ rows: Range<Int>, into output: UnsafeMutableBufferPointer<Double>) {
    switch values {
    case .real(let numbers):
      numbers.withUnsafeBufferPointer { numbers in
        for (place, row) in rows.enumerated() { output[place] = numbers[row] + 0 }
      }
    case .whole(let numbers):
      numbers.withUnsafeBufferPointer { numbers in
        if origin == 0 {
          for (place, row) in rows.enumerated() { output[place] = Double(numbers[row]) }
        } else {
          for (place, row) in rows.enumerated() { output[place] = Self.number(numbers[row], origin: origin) }
        }
      }
    }
  }

  /// The values present and how often each occurs, ascending.
  func distinctValues() throws(TableError) -> WeightedPoints {
    if case .whole(let numbers) = values, let counted = countedValues(numbers) { return counted }
    var present = [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      read(0..<count, into: buffer)
      initialized = count
    }
    if let validity {
      var kept = 0
      for row in 0..<count where validity[row] {
        present[kept] = present[row]
        kept += 1
      }
      present.removeLast(count - kept)
    }
    return WeightedPoints(distinct: present)
  }

  /// Whole numbers in a narrow range are counted in a table, with no sorting; nil where the range is too wide for that.
  private func countedValues(_ numbers: [Int64]) -> WeightedPoints? {
    var (least, greatest) = (Int64.max, Int64.min)
    for row in 0..<count where validity.map({ $0[row] }) ?? true {
      least = min(least, numbers[row])
      greatest = max(greatest, numbers[row])
    }
    let (range, overflow) = greatest.subtractingReportingOverflow(least)
    guard !overflow, range >= 0, range < max(1_024, Int64(count)) else { return nil }
    var counts = [Int](repeating: 0, count: Int(range) + 1)
    numbers.withUnsafeBufferPointer { numbers in
      counts.withUnsafeMutableBufferPointer { counts in
        for row in 0..<count where validity.map({ $0[row] }) ?? true { counts[Int(numbers[row] - least)] += 1 }
      }
    }
    let present = counts.indices.filter { counts[$0] > 0 }
    return WeightedPoints(
      points: present.map { Self.number(least + Int64($0), origin: origin) },
      weights: present.map { Double(counts[$0]) })
  }
}
