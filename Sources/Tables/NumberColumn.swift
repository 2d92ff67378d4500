/// One column of one chunk held as numbers: each text is parsed once, while it is scanned, and then forgotten.
///
/// Values are bit patterns: of whole numbers until the first one with a point comes, of doubles from then on.
struct NumberColumn {
  private(set) var values: UnsafeMutablePointer<UInt64>
  private(set) var holdsIntegers: Bool
  /// Some whole number is beyond 2⁵³, so that its double may be another number.
  private var hasLargeIntegers: Bool
  /// Whole numbers must stay exact, whatever stands among them.
  let isForcedInteger: Bool
  private(set) var missingRows: [Int32] = []

  private var integers = 0
  private var decimals = 0
  private var minimum = Double.infinity
  private var maximum = -Double.infinity
  private var minimumFractionDigits = Int.max
  private var maximumFractionDigits = 0
  private var firstFraction: UInt64 = .max

  init(capacity: Int, facts: ColumnFacts, isForcedInteger: Bool) {
    values = .allocate(capacity: capacity)
    holdsIntegers = facts.decimals == 0
    hasLargeIntegers = facts.maximum > 0x1p53 || facts.minimum < -0x1p53
    self.isForcedInteger = isForcedInteger
  }

  /// - Parameter pagesOfRows: rows whose memory is given back to the system at once: an allocator may keep what it got.
  func deallocate(pagesOfRows rows: Int = 0) {
    if rows > 0 { dropPages(values, 0..<rows * MemoryLayout<UInt64>.size) }
    values.deallocate()
  }

  mutating func grow(to capacity: Int, rows: Int) {
    let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
    larger.update(from: values, count: rows)
    values.deallocate()
    values = larger
  }

  /// Stores a number whose text has been counted already.
  mutating func store(_ number: ParsedNumber, row: Int) {
    values[row] = holdsIntegers ? UInt64(bitPattern: number.integer) : number.value.bitPattern
  }

  mutating func storeMissing(row: Int) {
    values[row] = 0
    missingRows.append(Int32(truncatingIfNeeded: row))
  }

  /// False when the column can no longer be held as numbers.
  @inline(__always)
  mutating func append(integer: Int64, row: Int) -> Bool {
    integers += 1
    let value = Double(integer)
    include(value)
    if holdsIntegers {
      values[row] = UInt64(bitPattern: integer)
      if value.magnitude > 0x1p53 { hasLargeIntegers = true }
      return true
    }
    values[row] = value.bitPattern
    return !isForcedInteger || value.magnitude <= 0x1p53
  }

  /// False when the column can no longer be held as numbers. `text` is packed.
  @inline(__always)
  mutating func append(decimal value: Double, fractionDigits: Int, text: UInt64, row: Int) -> Bool {
    if holdsIntegers, !becomeDoubles(rows: row) { return false }
    decimals += 1
    include(value)
    if fractionDigits > maximumFractionDigits { maximumFractionDigits = fractionDigits }
    if fractionDigits < minimumFractionDigits { minimumFractionDigits = fractionDigits }
    if firstFraction == .max, value.magnitude < 0x1p53, value != Double(Int64(value)) { firstFraction = text }
    values[row] = value.bitPattern
    return true
  }

  @inline(__always)
  private mutating func include(_ value: Double) {
    if value < minimum { minimum = value }
    if value >= maximum { maximum = value }
  }

  @inline(never)
  private mutating func becomeDoubles(rows: Int) -> Bool {
    if isForcedInteger, hasLargeIntegers { return false }
    for row in 0..<rows { values[row] = Double(Int64(bitPattern: values[row])).bitPattern }
    holdsIntegers = false
    return true
  }

  /// Adds what was found to the facts about the texts before, which still had their texts.
  func complete(_ facts: inout ColumnFacts) {
    facts.integers += integers
    facts.decimals += decimals
    // A whole number has no digits after the point.
    if integers > 0 { facts.minimumFractionDigits = 0 }
    facts.minimum = min(facts.minimum, minimum)
    facts.maximum = max(facts.maximum, maximum)
    facts.minimumFractionDigits = min(facts.minimumFractionDigits, minimumFractionDigits)
    facts.maximumFractionDigits = max(facts.maximumFractionDigits, maximumFractionDigits)
    if facts.firstFraction == nil, firstFraction != .max { facts.firstFraction = FieldText(packed: firstFraction) }
  }

  /// The value of a row as a double.
  @inline(__always)
  func double(_ row: Int) -> Double {
    holdsIntegers ? Double(Int64(bitPattern: values[row])) : Double(bitPattern: values[row])
  }

  /// The value of a row as a whole number; 0 for what inference has already excluded.
  @inline(__always)
  func integer(_ row: Int) -> Int64 {
    holdsIntegers ? Int64(bitPattern: values[row]) : Int64(exactly: Double(bitPattern: values[row])) ?? 0
  }
}
