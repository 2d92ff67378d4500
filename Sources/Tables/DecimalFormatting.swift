#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes real numbers without an exponent, rounded to a number of digits after the point.
struct DecimalFormat {
  /// Nil for as many as the value needs to be read back exactly.
  let maximumDigits: Int?
  let minimumDigits: Int
  /// Up to 15 digits are written by whole numbers: 10^digits, else 0.
  private let scale: Double
  private let unit: UInt64
  private let digits: Int

  init(maximumDigits: Int?, minimumDigits: Int) {
    self.maximumDigits = maximumDigits.map { min(max($0, 0), 340) }
    self.minimumDigits = min(max(0, minimumDigits), self.maximumDigits ?? 340)
    digits = self.maximumDigits ?? 16
    unit = digits <= 15 ? (0..<digits).reduce(1) { power, _ in power * 10 } : 0
    scale = Double(unit)
  }

  @inline(__always)
  func append(_ value: Double, to buffer: ByteBuffer) {
    // Below 2⁵⁰ the product is off by less than half a unit, so the digits that were read are found again.
    if scale > 0 {
      let scaled = value.magnitude * scale
      if scaled < 0x1p50 {
        // Rounded half away from zero.
        var whole = Int64(scaled)
        if scaled - Double(whole) >= 0.5 { whole += 1 }
        append(UInt64(bitPattern: whole), isNegative: value < 0 && whole > 0, to: buffer)
        return
      }
    }
    if let shortest = ShortestDecimal(value.magnitude), shortest.fractionDigits >= minimumDigits,
      shortest.fractionDigits <= maximumDigits ?? .max
    {
      append(shortest, isNegative: value < 0, to: buffer)
    } else {
      appendShortest(value, to: buffer)
    }
  }

  private func append(_ shortest: ShortestDecimal, isNegative: Bool, to buffer: ByteBuffer) {
    buffer.append(upTo: 64) { place in
      place.pointee = UInt8(ascii: "-")
      var length = isNegative ? 1 : 0
      let unit = powersOfTen[shortest.fractionDigits]
      let whole = shortest.digits / unit
      length += DigitWriting.write(whole, to: place + length)
      place[length] = UInt8(ascii: ".")
      DigitWriting.write(shortest.digits - whole * unit, digits: shortest.fractionDigits, to: place + length + 1)
      return length + 1 + shortest.fractionDigits
    }
  }

  @inline(__always)
  private func append(_ scaled: UInt64, isNegative: Bool, to buffer: ByteBuffer) {
    // A sign, 16 digits, a point; written in words.
    buffer.append(upTo: 48) { place in
      place.pointee = UInt8(ascii: "-")
      var length = isNegative ? 1 : 0
      guard digits > 0 else { return length + DigitWriting.write(scaled, to: place + length) }
      let whole = scaled / unit
      length += DigitWriting.write(whole, to: place + length)
      place[length] = UInt8(ascii: ".")
      DigitWriting.write(scaled - whole * unit, digits: digits, to: place + length + 1)
      length += 1 + digits
      var shown = digits
      while shown > minimumDigits, place[length - 1] == UInt8(ascii: "0") {
        shown -= 1
        length -= 1
      }
      return shown > 0 ? length : length - 1
    }
  }

  /// The fewest digits that are read back as the same number; fewer where `maximumDigits` cuts them.
  private func appendShortest(_ value: Double, to buffer: ByteBuffer) {
    var description = "\(abs(value))"
    let isDone = description.withUTF8 { text in
      guard !text.contains(UInt8(ascii: "e")), let point = text.firstIndex(of: UInt8(ascii: ".")) else { return false }
      return append(value, whole: text[..<point], fraction: text[(point + 1)...], to: buffer)
    }
    if isDone { return }
    let mark = description.utf8.firstIndex(of: UInt8(ascii: "e")) ?? description.utf8.endIndex
    let exponent = Int(description[mark...].dropFirst()) ?? 0
    let mantissa = description.utf8[..<mark]
    let point = mantissa.distance(
      from: mantissa.startIndex, to: mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.endIndex)
    let zeros = { (count: Int) in Array(repeating: UInt8(ascii: "0"), count: max(0, count)) }
    var digits = mantissa.filter { $0 != UInt8(ascii: ".") }
    let whole = max(1, point + exponent)
    digits = zeros(1 - (point + exponent)) + digits
    digits += zeros(whole - digits.count)
    if append(value, whole: digits[..<whole], fraction: digits[whole...], to: buffer) { return }
    buffer.append(Self.rounded(value, maximumDigits ?? 0))
  }

  /// False, and nothing is written, when there are more digits than may be.
  private func append<Digits: Collection<UInt8>>(
    _ value: Double, whole: Digits, fraction: Digits, to buffer: ByteBuffer
  ) -> Bool where Digits: BidirectionalCollection {
    var count = fraction.count
    for digit in fraction.reversed() {
      guard count > minimumDigits, digit == UInt8(ascii: "0") else { break }
      count -= 1
    }
    guard count <= maximumDigits ?? .max else { return false }
    if value < 0 { buffer.append(UInt8(ascii: "-")) }
    for digit in whole { buffer.append(digit) }
    guard max(count, minimumDigits) > 0 else { return true }
    buffer.append(UInt8(ascii: "."))
    for digit in fraction.prefix(count) { buffer.append(digit) }
    for _ in stride(from: count, to: minimumDigits, by: 1) { buffer.append(UInt8(ascii: "0")) }
    return true
  }

  private static func rounded(_ value: Double, _ digits: Int) -> [UInt8] {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 700) { text in
      let count = withVaList([Int32(digits), value]) { vsnprintf(text.baseAddress, text.count, "%.*f", $0) }
      return text.prefix(min(max(0, Int(count)), text.count - 1)).map { UInt8(bitPattern: $0) }
    }
  }
}

/// Up to 10¹⁹, the last one that fits 64 bits.
private let powersOfTen: [UInt64] = [
  1, 10, 100, 1000, 10000, 100000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
  100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
  10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
]
