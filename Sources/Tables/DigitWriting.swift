/// Writing of digits, eight at a time in one word.
enum DigitWriting {
  /// The eight digits of a number below 10⁸ as text, the first one in the lowest byte.
  @inline(__always)
  static func eight(_ number: UInt64) -> UInt64 {
    // Halves of four digits, then pairs, then digits; the products divide by 100 and by 10, exactly in these ranges.
    let halves = number / 10_000 | (number % 10_000) << 32
    let hundreds = (halves &* 10_486) >> 20 & 0x7f_0000_007f
    let pairs = hundreds | (halves &- 100 &* hundreds) << 16
    let tens = (pairs &* 103) >> 10 & 0x000f_000f_000f_000f
    return (tens | (pairs &- 10 &* tens) << 8) | 0x3030_3030_3030_3030
  }

  /// Writes a number without zeros in front and gives how many bytes it took. Up to 24 bytes are overwritten.
  @inline(__always)
  static func write(_ number: UInt64, to place: UnsafeMutablePointer<UInt8>) -> Int {
    if number < 10 {
      place.pointee = UInt8(ascii: "0") | UInt8(truncatingIfNeeded: number)
      return 1
    }
    if number < 100_000_000 { return writeFirst(number, to: place) }
    let upper = number / 100_000_000
    let length: Int
    if upper < 100_000_000 {
      length = writeFirst(upper, to: place)
    } else {
      length = writeFirst(upper / 100_000_000, to: place) + 8
      store(eight(upper % 100_000_000), to: place + length - 8)
    }
    store(eight(number % 100_000_000), to: place + length)
    return length + 8
  }

  /// Writes the `count` (1...24) last digits of a number below 10^count. Up to 24 bytes are overwritten.
  @inline(__always)
  static func write(_ number: UInt64, digits count: Int, to place: UnsafeMutablePointer<UInt8>) {
    // From the front, since every word covers what follows it.
    let first = (count - 1) >> 3
    let lower = number % 100_000_000
    guard first > 0 else { return store(cut(lower, to: count), to: place) }
    let upper = number / 100_000_000
    if first == 1 {
      store(cut(upper, to: count - 8), to: place)
    } else {
      store(cut(upper / 100_000_000, to: count - 16), to: place)
      store(eight(upper % 100_000_000), to: place + count - 16)
    }
    store(eight(lower), to: place + count - 8)
  }

  /// The last `count` (1...8) digits.
  @inline(__always)
  private static func cut(_ number: UInt64, to count: Int) -> UInt64 {
    eight(number) &>> UInt64(truncatingIfNeeded: 64 - 8 * count)
  }

  @inline(__always)
  private static func writeFirst(_ number: UInt64, to place: UnsafeMutablePointer<UInt8>) -> Int {
    let text = eight(number)
    // The last digit stays even if it is 0.
    let zeros = (text ^ 0x3030_3030_3030_3030 | 1 << 56).trailingZeroBitCount >> 3
    store(text >> UInt64(truncatingIfNeeded: 8 * zeros), to: place)
    return 8 - zeros
  }

  @inline(__always)
  private static func store(_ text: UInt64, to place: UnsafeMutablePointer<UInt8>) {
    UnsafeMutableRawPointer(place).storeBytes(of: text.littleEndian, as: UInt64.self)
  }
}
