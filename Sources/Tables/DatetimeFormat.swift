/// A form of dates and times in strftime's letters, read and written with calendar arithmetic of its own.
///
/// Letters: `%Y` four-digit year, `%m %d %H %M %S` two digits, `%-m %-d %-H` without a leading zero, `%f` digits of a
/// second's fraction (dropped; written as zeros, six or as many as in `%3f`), `%z` an offset from UTC as `+02:00` (taken off;
/// written as `+00:00`). Everything else stands for itself. A form without a date means 1970-01-01.
public struct DatetimeFormat: Sendable, Equatable {
  enum Piece: Sendable, Equatable {
    case year, month, day, hour, minute, second, shortMonth, shortDay, shortHour, fraction(Int), offset
    case literal(UInt8)
  }

  public let pattern: String
  let pieces: [Piece]

  var dropsFractions: Bool {
    pieces.contains { piece in
      if case .fraction = piece { return true }
      return false
    }
  }

  /// Nil when the pattern holds a letter that is not in the list above.
  public init?(_ pattern: String) {
    var pieces: [Piece] = []
    var rest = Array(pattern.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        pieces.append(.literal(byte))
        continue
      }
      guard var letter = rest.popFirst() else { return nil }
      var isShort = false
      var digits = 6
      if letter == UInt8(ascii: "-") {
        isShort = true
        guard let next = rest.popFirst() else { return nil }
        letter = next
      } else if (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(letter) {
        digits = Int(letter - UInt8(ascii: "0"))
        guard rest.popFirst() == UInt8(ascii: "f") else { return nil }
        letter = UInt8(ascii: "f")
      }
      switch (letter, isShort) {
      case (UInt8(ascii: "Y"), false): pieces.append(.year)
      case (UInt8(ascii: "m"), _): pieces.append(isShort ? .shortMonth : .month)
      case (UInt8(ascii: "d"), _): pieces.append(isShort ? .shortDay : .day)
      case (UInt8(ascii: "H"), _): pieces.append(isShort ? .shortHour : .hour)
      case (UInt8(ascii: "M"), false): pieces.append(.minute)
      case (UInt8(ascii: "S"), false): pieces.append(.second)
      case (UInt8(ascii: "f"), false): pieces.append(.fraction(digits))
      case (UInt8(ascii: "z"), false): pieces.append(.offset)
      case (UInt8(ascii: "%"), false): pieces.append(.literal(letter))
      default: return nil
      }
    }
    self.pattern = pattern
    self.pieces = pieces
  }

  /// Seconds since 1970-01-01T00:00:00Z; nil when the text does not have this form or names no real date.
  public func seconds(in text: String) -> Int64? {
    var text = text
    return text.withUTF8 { bytes in bytes.baseAddress.flatMap { parse($0, bytes.count) } }
  }

  func parse(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    var i = 0
    var (year, month, day, hour, minute, second, offset) = (1970, 1, 1, 0, 0, 0, 0)
    func number(_ digits: Int) -> Int? {
      guard i + digits <= count else { return nil }
      var value = 0
      for k in 0..<digits {
        let digit = text[i + k] &- UInt8(ascii: "0")
        if digit > 9 { return nil }
        value = value * 10 + Int(digit)
      }
      i += digits
      return value
    }
    func short() -> Int? {
      guard i < count, text[i] != UInt8(ascii: "0") || i + 1 == count || text[i + 1] &- UInt8(ascii: "0") > 9 else {
        return nil
      }
      return number(2) ?? number(1)
    }
    for piece in pieces {
      var field: Int? = 0
      switch piece {
      case .literal(let byte):
        guard i < count, text[i] == byte else { return nil }
        i += 1
      case .year:
        field = number(4)
        year = field ?? 0
      case .month, .shortMonth:
        field = piece == .month ? number(2) : short()
        month = field ?? 0
      case .day, .shortDay:
        field = piece == .day ? number(2) : short()
        day = field ?? 0
      case .hour, .shortHour:
        field = piece == .hour ? number(2) : short()
        hour = field ?? 0
      case .minute:
        field = number(2)
        minute = field ?? 0
      case .second:
        field = number(2)
        second = field ?? 0
      case .fraction:
        let start = i
        while i < count, text[i] &- UInt8(ascii: "0") <= 9 { i += 1 }
        if i == start || i - start > 9 { return nil }
      case .offset:
        guard i < count, text[i] == UInt8(ascii: "+") || text[i] == UInt8(ascii: "-") else { return nil }
        let sign = text[i] == UInt8(ascii: "-") ? -1 : 1
        i += 1
        guard let hours = number(2) else { return nil }
        if i < count, text[i] == UInt8(ascii: ":") { i += 1 }
        guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
        offset = sign * (hours * 3600 + minutes * 60)
      }
      if field == nil { return nil }
    }
    guard i == count, (1...12).contains(month), day >= 1, day <= daysIn(month: month, year: year), hour < 24,
      minute < 60,
      second < 60
    else { return nil }
    return Int64(daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset)
  }

  /// The text of a point in time. Years outside 0...9999 are clamped.
  public func text(of seconds: Int64) -> String {
    var bytes: [UInt8] = []
    append(seconds, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  func append(_ seconds: Int64, to bytes: inout [UInt8]) {
    let clamped = min(max(seconds, -62_167_219_200), 253_402_300_799)
    let days = Int((Double(clamped) / 86_400).rounded(.down))
    let time = Int(clamped) - days * 86_400
    let (year, month, day) = civil(fromDays: days)
    func padded(_ value: Int, _ digits: Int) {
      var divisor = digits == 4 ? 1000 : 10
      while divisor > 0 {
        bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
        divisor /= 10
      }
    }
    func short(_ value: Int) {
      if value >= 10 { bytes.append(UInt8(ascii: "0") + UInt8(value / 10)) }
      bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
    }
    for piece in pieces {
      switch piece {
      case .literal(let byte): bytes.append(byte)
      case .year: padded(year, 4)
      case .month: padded(month, 2)
      case .day: padded(day, 2)
      case .hour: padded(time / 3600, 2)
      case .minute: padded(time / 60 % 60, 2)
      case .second: padded(time % 60, 2)
      case .shortMonth: short(month)
      case .shortDay: short(day)
      case .shortHour: short(time / 3600)
      case .fraction(let digits): for _ in 0..<digits { bytes.append(UInt8(ascii: "0")) }
      case .offset: bytes.append(contentsOf: Array("+00:00".utf8))
      }
    }
  }
}

private func daysIn(month: Int, year: Int) -> Int {
  let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  switch month {
  case 2: return isLeap ? 29 : 28
  case 4, 6, 9, 11: return 30
  default: return 31
  }
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar, counted in 400-year eras that begin on 1 March.
private func daysFromCivil(_ year: Int, _ month: Int, _ day: Int) -> Int {
  let y = month <= 2 ? year - 1 : year
  let era = (y >= 0 ? y : y - 399) / 400
  let yearOfEra = y - era * 400
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

private func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
  let z = days + 719_468
  let era = (z >= 0 ? z : z - 146_096) / 146_097
  let dayOfEra = z - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shifted = (5 * dayOfYear + 2) / 153
  let month = shifted < 10 ? shifted + 3 : shifted - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
}
