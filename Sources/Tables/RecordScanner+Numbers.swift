/// A number in its usual form, as it was read from the file.
struct ScannedNumber {
  /// All digits, without the point.
  var mantissa: UInt64
  /// Digits after the point; -1 without a point.
  var fractionDigits: Int
  var isNegative: Bool
  /// Where the text ends; 0 when it has another form.
  var next: Int
}

extension RecordScanner {
  /// As far as `number(at:)` may look.
  static let longestLook = 48

  /// Reads `-12.345`: a sign, up to 16 digits, and after a point up to 24, 19 digits in all. Whatever has another form, and
  /// names such as `007`, are left to `parseNumber`. `longestLook` bytes from `start` on must be there.
  @inline(__always)
  func number(at start: Int) -> ScannedNumber {
    let text = UnsafeRawPointer(base)
    let isNegative = base[start] == UInt8(ascii: "-")
    let first = start + (isNegative ? 1 : 0)
    let other = ScannedNumber(mantissa: 0, fractionDigits: -1, isNegative: isNegative, next: 0)
    var digits = digitBytes(text, first)
    var count = digitCount(digits)
    guard count > 0 else { return other }
    var mantissa = value(of: digits, count: count)
    var next = first + count
    if count == 8 {
      digits = digitBytes(text, next)
      let more = digitCount(digits)
      guard more < 8 else { return other }
      if more > 0 { mantissa = mantissa &* power(more) &+ value(of: digits, count: more) }
      count += more
      next += more
    }
    if count > 1, base[first] == UInt8(ascii: "0") { return other }
    guard base[next] == UInt8(ascii: ".") else {
      return ScannedNumber(mantissa: mantissa, fractionDigits: -1, isNegative: isNegative, next: next)
    }
    next += 1
    let point = next
    while true {
      digits = digitBytes(text, next)
      let more = digitCount(digits)
      if more > 0 {
        guard count + more <= 19 else { return other }
        mantissa = mantissa &* power(more) &+ value(of: digits, count: more)
        count += more
        next += more
      }
      if more < 8 { break }
    }
    guard next > point else { return other }
    return ScannedNumber(mantissa: mantissa, fractionDigits: next - point, isNegative: isNegative, next: next)
  }

  /// The bytes at `offset`, with digits as 0...9 and everything else above.
  @inline(__always)
  private func digitBytes(_ text: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    text.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian ^ 0x3030_3030_3030_3030
  }

  /// How many of the bytes are digits, from the first on.
  @inline(__always)
  private func digitCount(_ bytes: UInt64) -> Int {
    // Adding 0x76 reaches the top bit from 10 on; what is carried into the next byte comes after the one that is found.
    let others = ((bytes &+ 0x7676_7676_7676_7676) | bytes) & 0x8080_8080_8080_8080
    return others.trailingZeroBitCount >> 3
  }

  /// The first `count` (1...8) bytes as a number.
  @inline(__always)
  private func value(of bytes: UInt64, count: Int) -> UInt64 {
    var word = bytes &<< UInt64(truncatingIfNeeded: 64 - 8 * count)
    // Pairs of digits, then pairs of pairs, then both halves.
    word = (word &* (10 << 8 + 1)) >> 8 & 0x00ff_00ff_00ff_00ff
    word = (word &* (100 << 16 + 1)) >> 16 & 0x0000_ffff_0000_ffff
    return (word &* (10_000 << 32 + 1)) >> 32
  }

  @inline(__always)
  private func power(_ count: Int) -> UInt64 { powers[count] }
}
