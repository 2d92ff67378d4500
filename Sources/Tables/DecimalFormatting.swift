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
  var maximumDigits: Int?
  var minimumDigits: Int

  init(maximumDigits: Int?, minimumDigits: Int) {
    self.maximumDigits = maximumDigits.map { min(max($0, 0), 340) }
    self.minimumDigits = min(max(0, minimumDigits), self.maximumDigits ?? 340)
  }

  func append(_ value: Double, to buffer: ByteBuffer) {
    // Below 2⁵⁰ the product is off by less than half a unit, so the digits that were read are found again.
    if let digits = maximumDigits, digits <= 15 {
      let scaled = (value * powersOfTen[digits]).rounded()
      if abs(scaled) < 0x1p50 {
        append(Int64(scaled), digits, to: buffer)
        return
      }
    }
    appendShortest(value, to: buffer)
  }

  private func append(_ scaled: Int64, _ digits: Int, to buffer: ByteBuffer) {
    if scaled < 0 { buffer.append(UInt8(ascii: "-")) }
    let magnitude = scaled.magnitude
    guard digits > 0 else {
      buffer.append(digits: magnitude, atLeast: 1)
      return
    }
    let unit = wholePowersOfTen[digits]
    var fraction = magnitude % unit
    var shown = digits
    while shown > minimumDigits, fraction % 10 == 0 {
      fraction /= 10
      shown -= 1
    }
    buffer.append(digits: magnitude / unit, atLeast: 1)
    guard shown > 0 else { return }
    buffer.append(UInt8(ascii: "."))
    buffer.append(digits: fraction, atLeast: shown)
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

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]
private let wholePowersOfTen: [UInt64] = (0...15).map { (0..<$0).reduce(UInt64(1)) { power, _ in power * 10 } }
