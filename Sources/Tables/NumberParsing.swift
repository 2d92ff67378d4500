#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A text read as a number.
struct ParsedNumber {
  enum Form: UInt8 {
    /// Only digits and a sign, and fits an Int64.
    case integer
    /// Only digits and a sign, but beyond Int64.
    case hugeInteger
    /// With a point or an exponent.
    case decimal
    case infinite
    case notANumber
    /// Not a number at all.
    case text
  }

  var form: Form
  var value = 0.0
  var integer: Int64 = 0
  /// Digits after the point when written without an exponent.
  var fractionDigits = 0
  /// More than one digit and the first is 0, as in "007".
  var hasLeadingZero = false

  var isFinite: Bool { form.rawValue <= Form.decimal.rawValue }
}

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]

/// Reads the whole of a text as a decimal number, rounded correctly.
///
/// At most 2⁵³ as digits and a power of ten up to 10²² are exact doubles, so one multiplication or division rounds once
/// (Clinger, "How to read floating point numbers accurately", 1990). More digits over a power of ten are divided exactly
/// (`quotient`); everything else goes to `strtod`.
func parseNumber(_ text: UnsafePointer<UInt8>, _ count: Int) -> ParsedNumber {
  var i = 0
  guard count > 0 else { return ParsedNumber(form: .text) }
  let isNegative = text[0] == UInt8(ascii: "-")
  if isNegative || text[0] == UInt8(ascii: "+") { i = 1 }
  let firstDigit = i
  var mantissa: UInt64 = 0
  var overflow = false
  i = appendDigits(text, count, from: i, to: &mantissa, &overflow)
  let wholeDigits = i - firstDigit
  let hasLeadingZero = wholeDigits > 1 && text[firstDigit] == UInt8(ascii: "0")
  if i == count {
    guard wholeDigits > 0 else { return ParsedNumber(form: .text) }
    if !overflow, mantissa <= UInt64(Int64.max) {
      let integer = isNegative ? -Int64(mantissa) : Int64(mantissa)
      return ParsedNumber(form: .integer, value: Double(integer), integer: integer, hasLeadingZero: hasLeadingZero)
    }
    let value = slowDouble(text, count)
    return ParsedNumber(form: value.isFinite ? .hugeInteger : .infinite, value: value, hasLeadingZero: hasLeadingZero)
  }

  var fraction = 0
  if text[i] == UInt8(ascii: ".") {
    i += 1
    let start = i
    i = appendDigits(text, count, from: i, to: &mantissa, &overflow)
    fraction = i - start
  }
  guard wholeDigits + fraction > 0 else { return namedNumber(text, count, after: firstDigit) }
  var exponent = 0
  if i < count {
    guard text[i] | 0x20 == UInt8(ascii: "e"), let (value, end) = parseExponent(text, count, from: i + 1), end == count
    else { return ParsedNumber(form: .text) }
    exponent = value
  }
  let scale = exponent - fraction
  var result = ParsedNumber(form: .decimal, fractionDigits: max(0, -scale), hasLeadingZero: hasLeadingZero)
  if !overflow, mantissa <= 1 << 53, abs(scale) <= 22 {
    let magnitude = scale < 0 ? Double(mantissa) / powersOfTen[-scale] : Double(mantissa) * powersOfTen[scale]
    result.value = isNegative ? -magnitude : magnitude
  } else if !overflow, scale < 0, scale >= -27 {
    let magnitude = quotient(mantissa, powerOfTen: -scale)
    result.value = isNegative ? -magnitude : magnitude
  } else {
    result.value = slowDouble(text, count)
    if !result.value.isFinite { result.form = .infinite }
  }
  return result
}

/// `mantissa` / 10^`power`, rounded to the nearest double, ties to even. `mantissa` is not 0, `power` 0...27.
///
/// 5²⁷ still fits 64 bits. With both operands shifted up, 128 bits over 64 give a quotient of 64 bits and a remainder:
/// with that, the rounding to 53 bits is exact.
func quotient(_ mantissa: UInt64, powerOfTen power: Int) -> Double {
  let five = powersOfFive[power]
  let (mantissaShift, fiveShift) = (mantissa.leadingZeroBitCount, five.leadingZeroBitCount)
  let (numerator, divisor) = (mantissa << UInt64(mantissaShift), five << UInt64(fiveShift))
  let halves: UInt64 = numerator >= divisor ? 1 : 0
  let (quotient, remainder) = divisor.dividingFullWidth((numerator >> halves, halves == 1 ? numerator << 63 : 0))
  let rest = quotient & 0x7ff
  var rounded = quotient >> 11
  if rest > 0x400 || (rest == 0x400 && (remainder != 0 || rounded & 1 == 1)) { rounded += 1 }
  // numerator / divisor = quotient · 2^(halves - 64); the lowest 11 bits are gone.
  let exponent = Int(halves) - 64 + 11 + fiveShift - mantissaShift - power
  return Double(Int64(rounded)) * Double(bitPattern: UInt64(1023 + exponent) << 52)
}

/// Appends the digits from `start` on to a number, eight at a time; gives where they end.
@inline(__always)
private func appendDigits(
  _ text: UnsafePointer<UInt8>, _ count: Int, from start: Int, to mantissa: inout UInt64, _ overflow: inout Bool
) -> Int {
  var i = start
  while i + 8 <= count, mantissa < 100_000_000_000 {
    var word = UnsafeRawPointer(text + i).loadUnaligned(as: UInt64.self).littleEndian
    // A byte is a digit when its upper half is 3, and stays so when 6 is added.
    let upper: UInt64 = 0xf0f0_f0f0_f0f0_f0f0
    guard word & upper == 0x3030_3030_3030_3030, (word &+ 0x0606_0606_0606_0606) & upper == 0x3030_3030_3030_3030 else {
      break
    }
    // Pairs of digits, then pairs of pairs, then both halves.
    word = ((word & 0x0f0f_0f0f_0f0f_0f0f) &* (10 << 8 + 1)) >> 8
    word = ((word & 0x00ff_00ff_00ff_00ff) &* (100 << 16 + 1)) >> 16
    word = ((word & 0x0000_ffff_0000_ffff) &* (10_000 << 32 + 1)) >> 32
    mantissa = mantissa &* 100_000_000 &+ word
    i += 8
  }
  while i < count {
    let digit = text[i] &- UInt8(ascii: "0")
    if digit > 9 { break }
    if mantissa < 1_844_674_407_370_955_161 { mantissa = mantissa &* 10 &+ UInt64(digit) } else { overflow = true }
    i += 1
  }
  return i
}

private func parseExponent(_ text: UnsafePointer<UInt8>, _ count: Int, from start: Int) -> (Int, end: Int)? {
  var i = start
  guard i < count else { return nil }
  let isNegative = text[i] == UInt8(ascii: "-")
  if isNegative || text[i] == UInt8(ascii: "+") { i += 1 }
  let first = i
  var value = 0
  while i < count, text[i] &- UInt8(ascii: "0") <= 9 {
    value = min(100_000, value * 10 + Int(text[i] &- UInt8(ascii: "0")))
    i += 1
  }
  return i == first ? nil : (isNegative ? -value : value, i)
}

/// "nan", "inf" and "infinity" in any case.
private func namedNumber(_ text: UnsafePointer<UInt8>, _ count: Int, after start: Int) -> ParsedNumber {
  func isWord(_ word: StaticString) -> Bool {
    guard count - start == word.utf8CodeUnitCount else { return false }
    return (0..<word.utf8CodeUnitCount).allSatisfy { text[start + $0] | 0x20 == word.utf8Start[$0] }
  }
  if isWord("nan") { return ParsedNumber(form: .notANumber) }
  if isWord("inf") || isWord("infinity") { return ParsedNumber(form: .infinite) }
  return ParsedNumber(form: .text)
}

/// `strtod`, with numbers too small for a normal double read as 0: the threads that compute flush them to 0 as well, and
/// a value must not depend on the thread that reads it.
private func slowDouble(_ text: UnsafePointer<UInt8>, _ count: Int) -> Double {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: count + 1) { copy in
    for i in 0..<count { copy[i] = CChar(bitPattern: text[i]) }
    copy[count] = 0
    let value = strtod(copy.baseAddress!, nil)
    return value.exponentBitPattern == 0 ? 0 : value
  }
}
