/// The fewest digits that are read back as the same number, and among these the nearest to it.
///
/// With v = m·2^e and s so that v·10^s has 17 or 18 digits before the point, v·10^s = m·5^s / 2^k, k = -(e + s). Every number
/// between (2m - 1)·5^s / 2^(k+1) and (2m + 1)·5^s / 2^(k+1) is read as v (Steele and White, "How to print floating-point
/// numbers accurately", 1990). 5²⁷ fits 64 bits, so that all of it is exact in 128: the digits are those of the multiple of
/// the highest power of ten in there.
struct ShortestDecimal {
  /// Without trailing zeros.
  let digits: UInt64
  /// How many of the digits stand after the point, 1...19.
  let fractionDigits: Int

  /// Nil for what is left to the standard library: whole numbers, powers of two, and what is very small or large.
  @inline(__always)
  init?(_ value: Double) {
    let (fraction, bits) = (value.significandBitPattern, Int(value.exponentBitPattern))
    // At a power of two the numbers below are nearer than those above.
    guard fraction != 0, bits > 960, bits < 1_075 else { return nil }
    let mantissa = fraction | 1 << 52
    let logarithm = ((bits - 1023) * 1233) >> 12
    let scale = 16 - logarithm
    guard scale > 0, scale <= 27 else { return nil }
    let shift = 1075 - bits - scale
    guard shift > 0, shift < 126 else { return nil }
    let five = powersOfFive[scale]
    let middle = WideNumber(mantissa, times: five)
    let isEven = mantissa & 1 == 0
    let low = WideNumber(2 &* mantissa &- 1, times: five)
    var least = low.shifted(shift + 1)
    if !(isEven && low.isMultiple(ofPowerOfTwo: shift + 1)) { least += 1 }
    let high = WideNumber(2 &* mantissa &+ 1, times: five)
    var greatest = high.shifted(shift + 1)
    if !isEven, high.isMultiple(ofPowerOfTwo: shift + 1) { greatest -= 1 }
    var zeros = 0
    var unit: UInt64 = 1
    while true {
      let (below, above) = ((least + 9) / 10, greatest / 10)
      guard below <= above else { break }
      (least, greatest) = (below, above)
      zeros += 1
      unit &*= 10
    }
    let whole = middle.shifted(shift)
    var nearest = whole / unit
    if zeros == 0 {
      // The bit after the point; a tie cannot be decided here.
      let isTie = middle.isMultiple(ofPowerOfTwo: shift - 1)
      if middle.shifted(shift - 1) & 1 == 1 {
        guard !isTie else { return nil }
        nearest += 1
      }
    } else {
      let (rest, half) = (whole - nearest * unit, unit / 2)
      if rest == half, middle.isMultiple(ofPowerOfTwo: shift) { return nil }
      if rest >= half { nearest += 1 }
    }
    let fractionDigits = scale - zeros
    guard fractionDigits >= 1, fractionDigits <= 19 else { return nil }
    (digits, self.fractionDigits) = (nearest, fractionDigits)
  }
}

/// A product of 128 bits.
private struct WideNumber {
  let high: UInt64
  let low: UInt64

  @inline(__always)
  init(_ a: UInt64, times b: UInt64) { (high, low) = a.multipliedFullWidth(by: b) }

  /// Shifted right by 0...127; what remains fits 64 bits.
  @inline(__always)
  func shifted(_ count: Int) -> UInt64 {
    if count >= 64 { return high &>> UInt64(truncatingIfNeeded: count - 64) }
    return count == 0
      ? low : high &<< UInt64(truncatingIfNeeded: 64 - count) | low &>> UInt64(truncatingIfNeeded: count)
  }

  @inline(__always)
  func isMultiple(ofPowerOfTwo power: Int) -> Bool {
    if power <= 64 { return power == 64 ? low == 0 : low & ((1 &<< UInt64(truncatingIfNeeded: power)) - 1) == 0 }
    return low == 0 && high & ((1 &<< UInt64(truncatingIfNeeded: power - 64)) - 1) == 0
  }
}

/// Up to 5²⁷, the last one that fits 64 bits.
let powersOfFive: [UInt64] = [
  1, 5, 25, 125, 625, 3125, 15625, 78125, 390625, 1_953_125, 9_765_625, 48_828_125, 244_140_625, 1_220_703_125,
  6_103_515_625, 30_517_578_125, 152_587_890_625, 762_939_453_125, 3_814_697_265_625, 19_073_486_328_125,
  95_367_431_640_625, 476_837_158_203_125, 2_384_185_791_015_625, 11_920_928_955_078_125, 59_604_644_775_390_625,
  298_023_223_876_953_125, 1_490_116_119_384_765_625, 7_450_580_596_923_828_125,
]
