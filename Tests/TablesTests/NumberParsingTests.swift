import Foundation
import MynahRandomness
import Testing

@testable import MynahTables

@Suite struct NumberParsingTests {
  private func parsed(_ text: String) -> ParsedNumber {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { $0.baseAddress.map { parseNumber($0, bytes.count) } ?? .init(form: .text) }
  }

  @Test(arguments: [
    ("0", ParsedNumber.Form.integer), ("-12", .integer), ("+7", .integer), ("9223372036854775807", .integer),
    ("9223372036854775808", .hugeInteger), ("-9223372036854775808", .hugeInteger), ("1.", .decimal), (".5", .decimal),
    ("1e5", .decimal), ("1E-05", .decimal), ("-0.0", .decimal), ("1e999", .infinite), ("-inf", .infinite),
    ("Infinity", .infinite), ("nan", .notANumber), ("-NaN", .notANumber), ("", .text), ("-", .text), (".", .text),
    ("1e", .text), ("1e+", .text), ("e5", .text), ("1.2.3", .text), ("0x1A", .text), ("1 2", .text), ("--1", .text),
    ("1,000", .text), ("infinit", .text), ("1f", .text),
  ])
  func form(_ text: String, _ expected: ParsedNumber.Form) {
    #expect(parsed(text).form == expected)
  }

  /// The same double as the standard library's parser, to the last bit.
  @Test func exactDoubles() {
    var random = RandomSource(seed: 5)
    var texts = [
      "0.1", "123456789012345678", "9007199254740993.0", "1.7976931348623157e308", "2.2250738585072014e-308",
    ]
    texts += [
      "0.000000000000000000000001", "123456789.123456789123456789", "5e22", "5e-22", "9007199254740992e22", "1e23",
    ]
    for _ in 0..<5000 {
      let value = Double(bitPattern: random.next())
      if value.isNormal { texts.append("\(value)") }
      let digits = Int(random.next() % 19)
      texts.append(
        "\(random.next() % 1_000_000).\(String(random.next()).prefix(digits))e\(Int(random.next() % 60) - 30)")
    }
    for text in texts {
      #expect(parsed(text).value.bitPattern == Double(text.replacing(".e", with: ".0e"))?.bitPattern, "\(text)")
    }
  }

  /// Numbers below the smallest normal one are 0 in every thread.
  @Test func denormals() { #expect(parsed("1e-310").value == 0 && parsed("1e-310").form == .decimal) }

  @Test func fractionDigits() {
    #expect(["1.50", "1.5e-3", "1.5e3", "12", "1e-2", "0.0"].map { parsed($0).fractionDigits } == [2, 4, 0, 0, 2, 1])
    #expect(parsed("007").hasLeadingZero && parsed("00").hasLeadingZero && !parsed("0").hasLeadingZero)
  }
}

@Suite struct DatetimeFormatTests {
  /// Every day of eight centuries against a count of days.
  @Test func everyDay() throws {
    let format = try #require(DatetimeFormat("%Y-%m-%d"))
    var day = Int64(-146_097 + 10_957)  // 1600-01-01
    var texts = 0
    for year in 1600..<2000 {
      for month in 1...12 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let length = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
        for date in [1, length] {
          let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(date < 10 ? "0" : "")\(date)"
          let seconds = (day + Int64(date) - 1) * 86_400
          if format.seconds(in: text) != seconds || format.text(of: seconds) != text { texts += 1 }
        }
        day += Int64(length)
      }
    }
    #expect(texts == 0 && day == 10_957)
  }

  @Test func forms() throws {
    let times = try #require(DatetimeFormat("%d.%m.%Y %-H:%M"))
    #expect(times.seconds(in: "01.01.1970 7:05") == 25_500)
    #expect(times.text(of: 25_500) == "01.01.1970 7:05")
    #expect(times.seconds(in: "01.01.1970 07:05") == nil)
    #expect(times.seconds(in: "01.01.1970 24:00") == nil)
    let offset = try #require(DatetimeFormat("%Y-%m-%dT%H:%M:%S.%3f%z"))
    #expect(offset.seconds(in: "1970-01-01T01:00:00.25+01:00") == 0)
    #expect(offset.text(of: 0) == "1970-01-01T00:00:00.000+00:00")
    #expect(offset.text(of: -1) == "1969-12-31T23:59:59.000+00:00")
    #expect(offset.text(of: .min).hasPrefix("0000-01-01") && offset.text(of: .max).hasPrefix("9999-12-31"))
    #expect(DatetimeFormat("%Q") == nil && DatetimeFormat("%") == nil && DatetimeFormat("%-Y") == nil)
  }
}
