import MynahTables

/// The distinct values of a column of whole numbers, ascending, and how many rows hold each.
struct WholePoints {
  private(set) var values: [Int64] = []
  private(set) var counts: [Int64] = []
  /// The greatest whole number that divides all distances between values: 86,400 for times that are dates.
  private(set) var step: Int64 = 1

  init(_ numbers: [Int64], _ validity: Validity?) {
    var (least, greatest, present) = (Int64.max, Int64.min, 0)
    for row in numbers.indices where validity?[row] ?? true {
      least = min(least, numbers[row])
      greatest = max(greatest, numbers[row])
      present += 1
    }
    guard present > 0 else { return }
    let (range, overflows) = greatest.subtractingReportingOverflow(least)
    if !overflows, range < max(1_024, 2 * Int64(present)) {
      count(numbers, validity, from: least, range: Int(range))
    } else {
      sort(numbers, validity)
    }
    step = Self.step(values)
  }

  private mutating func count(_ numbers: [Int64], _ validity: Validity?, from least: Int64, range: Int) {
    var table = [Int64](repeating: 0, count: range + 1)
    for row in numbers.indices where validity?[row] ?? true { table[Int(numbers[row] - least)] += 1 }
    for (place, count) in table.enumerated() where count > 0 {
      values.append(least + Int64(place))
      counts.append(count)
    }
  }

  private mutating func sort(_ numbers: [Int64], _ validity: Validity?) {
    var present = validity.map { bits in numbers.indices.filter { bits[$0] }.map { numbers[$0] } } ?? numbers
    present.sort()
    for number in present {
      if values.last == number {
        counts[counts.count - 1] += 1
      } else {
        values.append(number)
        counts.append(1)
      }
    }
  }

  private static func step(_ values: [Int64]) -> Int64 {
    var divisor: UInt64 = 0
    for value in values {
      var rest = UInt64(bitPattern: value &- values[0])
      while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
      if divisor == 1 { break }
    }
    // Only two values beyond half of all 64-bit numbers apart have a greater one.
    return divisor == 0 ? 1 : Int64(exactly: divisor) ?? 1
  }

  /// The last number of the grid in the lower half of the way between two values, and the next one.
  func between(_ low: Int64, _ high: Int64) -> (Int64, Int64) {
    let steps = UInt64(bitPattern: high &- low) / UInt64(step)
    let lower = low &+ Int64(bitPattern: (steps - 1) / 2 &* UInt64(step))
    return (lower, lower &+ step)
  }
}
