#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Splits bytes into records and fields (RFC 4180; also CR and LF alone as line ends, blanks around unquoted fields,
/// blank lines between records).
struct RecordScanner {
  let base: UnsafePointer<UInt8>
  /// One past the last byte of the file.
  let limit: Int
  let delimiter: UInt8
  /// 10⁰ to 10⁸, and to 10²² as doubles; held here since a global would be looked up once a cell.
  let powers = wholePowersOfTen
  let doublePowers = doublePowersOfTen

  struct Field {
    var text: FieldText
    /// Where the delimiter or line end after the field stands.
    var next: Int
  }

  enum FieldFailure: Error {
    case unclosedQuote(Int), tooLong(Int), textAfterQuote(Int)
  }

  /// Eight bytes from `offset` on; past the end of the file there are line ends.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    if offset + 8 <= limit { return UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self).littleEndian }
    return lastWord(at: offset)
  }

  @inline(never)
  private func lastWord(at offset: Int) -> UInt64 {
    var word = lineFeeds
    var i = 0
    while i < 8, offset + i < limit {
      word = word & ~(0xff << UInt64(8 * i)) | UInt64(base[offset + i]) << UInt64(8 * i)
      i += 1
    }
    return word
  }

  @inline(__always)
  private func isBlank(_ byte: UInt8) -> Bool { (byte == 0x20 || byte == 0x09) && byte != delimiter }

  /// The field that begins at `start`, whatever its form.
  @inline(never)
  func field(at start: Int) throws(FieldFailure) -> Field {
    var p = start
    while p < limit, isBlank(base[p]) { p += 1 }
    if p < limit, base[p] == quote { return try quotedField(openedAt: p) }
    let first = p
    let delimiters = ones &* UInt64(delimiter)
    while true {
      let word = word(at: p)
      let hits = zeroBytes(word ^ delimiters) | zeroBytes(word ^ lineFeeds) | zeroBytes(word ^ returns)
      if hits != 0 {
        p += hits.trailingZeroBitCount >> 3
        break
      }
      p += 8
    }
    let next = min(p, limit)
    var last = next
    while last > first, isBlank(base[last - 1]) { last -= 1 }
    guard last - first <= FieldText.longest else { throw .tooLong(first) }
    return Field(text: FieldText(offset: first, count: last - first), next: next)
  }

  private func quotedField(openedAt open: Int) throws(FieldFailure) -> Field {
    var p = open + 1
    var isEscaped = false
    while true {
      guard p < limit, let found = memchr(base + p, Int32(quote), limit - p) else { throw .unclosedQuote(open) }
      p = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      guard p - open <= FieldText.longest else { throw .tooLong(open) }
      guard p + 1 < limit, base[p + 1] == quote else { break }
      isEscaped = true
      p += 2
    }
    let text = FieldText(offset: open + 1, count: p - open - 1, isEscaped: isEscaped)
    p += 1
    while p < limit, isBlank(base[p]) { p += 1 }
    guard p == limit || base[p] == delimiter || base[p] == 0x0a || base[p] == 0x0d else { throw .textAfterQuote(p) }
    return Field(text: text, next: p)
  }

  /// Skips line ends, hence blank lines.
  @inline(__always)
  func skipLineEnds(from offset: Int) -> Int {
    var p = offset
    while p < limit, base[p] == 0x0a || base[p] == 0x0d { p += 1 }
    return p
  }

  /// The fields of the record at `offset`, and where the next record begins.
  func record(at offset: Int) throws(FieldFailure) -> (fields: [FieldText], next: Int) {
    var fields: [FieldText] = []
    var p = skipLineEnds(from: offset)
    while true {
      let field = try field(at: p)
      fields.append(field.text)
      guard field.next < limit, base[field.next] == delimiter else { return (fields, skipLineEnds(from: field.next)) }
      p = field.next + 1
    }
  }
}

private let quote = UInt8(ascii: "\"")
let ones: UInt64 = 0x0101_0101_0101_0101
let lineFeeds: UInt64 = 0x0a0a_0a0a_0a0a_0a0a
let returns: UInt64 = 0x0d0d_0d0d_0d0d_0d0d

/// The top bit of every byte that is 0; above the lowest such byte there may be others, so only the lowest counts.
@inline(__always)
func zeroBytes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & 0x8080_8080_8080_8080 }

// Pointers that live as long as the program: read by all threads, never written.
private nonisolated(unsafe) let wholePowersOfTen: UnsafePointer<UInt64> = table(1, count: 9)
private nonisolated(unsafe) let doublePowersOfTen: UnsafePointer<Double> = table(1, count: 23)

private func table<Number: Numeric>(_ first: Number, count: Int) -> UnsafePointer<Number> {
  let numbers = UnsafeMutablePointer<Number>.allocate(capacity: count)
  var power = first
  for place in 0..<count {
    (numbers + place).initialize(to: power)
    if place + 1 < count { power *= 10 }
  }
  return UnsafePointer(numbers)
}
