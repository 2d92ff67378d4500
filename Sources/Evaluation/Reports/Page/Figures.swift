import Foundation

/// Figures as the report writes them, whatever the reader's locale.
enum Figures {
  static func fixed(_ value: Double, _ digits: Int) -> String {
    let text = String(format: "%.\(digits)f", value)
    // What rounds to nothing has no sign.
    return text.hasPrefix("-") && text.allSatisfy({ "-0.".contains($0) }) ? String(text.dropFirst()) : text
  }

  /// To six digits, without needless zeros.
  static func significant(_ value: Double) -> String { String(format: "%.6g", value) }

  /// A score: to three digits after the point, or to two where it is too small for them.
  static func score(_ value: Double) -> String {
    if value == 0 { return "0" }
    return abs(value) < 0.0005 || abs(value) >= 10_000 ? String(format: "%.2g", value) : fixed(value, 3)
  }

  /// A coordinate in a drawing.
  static func point(_ value: Double) -> String { value.isFinite ? fixed(value, 1) : "0" }

  /// A share as "97.3 %", with a narrow no-break space.
  static func percent(_ share: Double, digits: Int = 1) -> String { fixed(100 * share, digits) + "\u{202F}%" }

  /// A value on an axis: whole, or to four digits.
  static func axis(_ value: Double) -> String {
    let isLong = abs(value) >= 1e7
    if !isLong, value == value.rounded() || abs(value) >= 1000 { return fixed(value, 0) }
    return String(format: "%.4g", value)
  }

  /// A day, for an axis of time.
  static func day(secondsSince1970 seconds: Double) -> String {
    // Days since 1970 to year, month and day: Howard Hinnant, "chrono-compatible low-level date algorithms".
    guard seconds.isFinite, abs(seconds) < 1e14 else { return axis(seconds) }
    let shifted = Int((seconds / 86_400).rounded(.down)) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return String(format: "%04d-%02d-%02d", year, month, day)
  }
}
