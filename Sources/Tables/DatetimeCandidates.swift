/// The forms that inference looks for, at most 64: a set of them is a bit mask.
enum DatetimeCandidates {
  static let all: [DatetimeFormat] = {
    let isoTimes = [
      "", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %H:%M:%S%z", " %H:%M:%S.%f%z", "T%H:%M", "T%H:%M:%S",
      "T%H:%M:%S.%f", "T%H:%M:%SZ", "T%H:%M:%S.%fZ", "T%H:%M:%S%z", "T%H:%M:%S.%f%z",
    ]
    let otherDates = [
      "%Y/%m/%d", "%m/%d/%Y", "%d/%m/%Y", "%-m/%-d/%Y", "%-d/%-m/%Y", "%d.%m.%Y", "%-d.%-m.%Y", "%m-%d-%Y", "%d-%m-%Y",
    ]
    let otherTimes = ["", " %H:%M", " %H:%M:%S", " %-H:%M"]
    let patterns =
      isoTimes.map { "%Y-%m-%d" + $0 } + otherDates.flatMap { date in otherTimes.map { date + $0 } }
      + ["%H:%M:%S", "%H:%M", "%-H:%M"]
    return patterns.compactMap(DatetimeFormat.init)
  }()

  static let everyMask: UInt64 = all.count == 64 ? .max : (1 << UInt64(all.count)) - 1

  /// The forms in `mask` that the text has.
  static func matching(_ text: UnsafePointer<UInt8>, _ count: Int, among mask: UInt64) -> UInt64 {
    guard count >= 4, count <= 40, text[0] &- UInt8(ascii: "0") <= 9 else { return 0 }
    var kept: UInt64 = 0
    var rest = mask
    while rest != 0 {
      let index = rest.trailingZeroBitCount
      rest &= rest - 1
      if all[index].parse(text, count) != nil { kept |= 1 << UInt64(index) }
    }
    return kept
  }

  /// The first form of the mask, and the one that reads the same texts with day and month exchanged.
  static func choice(_ mask: UInt64) -> (format: DatetimeFormat, alternative: DatetimeFormat?)? {
    guard mask != 0 else { return nil }
    let format = all[mask.trailingZeroBitCount]
    let exchanged = all.indices.first { index in
      mask >> UInt64(index) & 1 == 1 && swapped(all[index].pieces) == format.pieces && all[index] != format
    }
    return (format, exchanged.map { all[$0] })
  }

  private static func swapped(_ pieces: [DatetimeFormat.Piece]) -> [DatetimeFormat.Piece] {
    pieces.map { piece in
      switch piece {
      case .month: .day
      case .day: .month
      case .shortMonth: .shortDay
      case .shortDay: .shortMonth
      default: piece
      }
    }
  }
}
