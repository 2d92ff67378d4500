import Foundation
import MynahRandomness
import Testing

@testable import MynahTables

/// Numbers of many forms: read to the bit as `strtod` reads them, written as `printf` writes them.
@Suite struct NumberFormTests {
  /// Texts of up to 19 digits, with and without a point, an exponent, zeros at either end.
  private func decimals(_ count: Int, seed: UInt64) -> [String] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { _ in
      let sign = random.next() % 3 == 0 ? "-" : ""
      let whole = String(random.next() % (1 << (random.next() % 50)))
      let digits = Int(random.next() % 18)
      let fraction = String(String(random.next()).suffix(digits))
      switch random.next() % 8 {
      case 0: return sign + whole
      case 1: return "\(sign)\(whole).\(fraction)e-\(random.next() % 12)"
      case 2: return "\(sign)0.\(String(repeating: "0", count: Int(random.next() % 9)))\(fraction)1"
      case 3: return "\(Double(bitPattern: random.next() % (1 << 61) + 0x3000_0000_0000_0000))"
      default: return "\(sign)\(whole).\(fraction)\(random.next() % 10)"
      }
    }
  }

  @Test func readAsByStrtod() throws {
    let texts = decimals(100_000, seed: 11)
    let csv = "x,y\n" + texts.map { "\($0),a\n" }.joined()
    guard case .continuous(let values, nil) = try CSVReader().read(bytes: Array(csv.utf8)).table.columns[0] else {
      Issue.record("the column is not continuous")
      return
    }
    // A whole number has no negative zero.
    let wrong = texts.indices.filter {
      texts[$0] != "-0" && values[$0].bitPattern != strtod(texts[$0], nil).bitPattern
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5).map { texts[$0] })")
  }

  /// Quotients next to a tie between two doubles, and exactly on one.
  @Test func quotients() {
    var random = RandomSource(seed: 12)
    for power in 0...27 {
      for _ in 0..<500 {
        let mantissa = max(1, random.next() >> (random.next() % 64))
        #expect(quotient(mantissa, powerOfTen: power) == strtod("\(mantissa)e-\(power)", nil), "\(mantissa)e-\(power)")
      }
    }
    for mantissa: UInt64 in [9_007_199_254_740_993, 9_007_199_254_740_995, 18_014_398_509_481_990, .max, .max - 1024] {
      for power in [0, 1, 3] {
        #expect(quotient(mantissa, powerOfTen: power) == strtod("\(mantissa)e-\(power)", nil), "\(mantissa)e-\(power)")
      }
    }
  }

  private func text(_ value: Double, _ format: DecimalFormat) -> String {
    let buffer = ByteBuffer(capacity: 0)
    format.append(value, to: buffer)
    return String(decoding: buffer.array, as: UTF8.self)
  }

  /// Values that were read from texts of so many digits are written as `printf` writes them.
  @Test func writtenAsByPrintf() {
    var random = RandomSource(seed: 13)
    for digits in 0...15 {
      let format = DecimalFormat(maximumDigits: digits, minimumDigits: digits)
      for _ in 0..<6_000 {
        let unit = pow(10, Double(digits))
        let value = Double(Int64(bitPattern: random.next()) >> Int64(15 + random.next() % 48)) / unit
        let expected = String(format: "%.\(digits)f", value)
        #expect(text(value, format) == (value == 0 ? String(format: "%.\(digits)f", 0.0) : expected))
      }
    }
  }

  /// As many digits as Swift's own shortest form, the same ones, at any size.
  @Test func shortest() {
    var random = RandomSource(seed: 14)
    let format = DecimalFormat(maximumDigits: nil, minimumDigits: 0)
    var made = 0
    for _ in 0..<100_000 {
      let exponent = UInt64(1023 - 25 + Int(random.next() % 75))
      var value = Double(bitPattern: exponent << 52 | random.next() >> 12)
      // Half of them short.
      if random.next() % 2 == 0 { value = (value * 1000).rounded() / 1000 }
      guard value > 0, "\(value)".contains("."), !"\(value)".contains("e"), !"\(value)".hasSuffix(".0") else {
        continue
      }
      made += ShortestDecimal(value) == nil ? 0 : 1
      #expect(text(value, format) == "\(value)")
      #expect(text(-value, format) == "-\(value)")
    }
    #expect(made > 50_000)
  }
}
