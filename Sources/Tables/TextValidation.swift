#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where the bytes stop being text.
enum TextValidation {
  /// The first NUL byte in a range.
  static func firstNUL(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int? {
    guard !range.isEmpty, let found = memchr(base + range.lowerBound, 0, range.count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// The first byte that does not belong to well-formed UTF-8 (Unicode, table 3-7).
  static func firstInvalidUTF8(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int? {
    var i = range.lowerBound
    let end = range.upperBound
    while i < end {
      if i + 64 <= end {
        var seen: UInt64 = 0
        for k in 0..<8 { seen |= UnsafeRawPointer(base + i + 8 * k).loadUnaligned(as: UInt64.self) }
        if seen & 0x8080_8080_8080_8080 == 0 {
          i += 64
          continue
        }
      }
      let first = base[i]
      let (length, low, high): (Int, UInt8, UInt8)
      switch first {
      case 0..<0x80: (length, low, high) = (1, 0, 0)
      case 0xc2...0xdf: (length, low, high) = (2, 0x80, 0xbf)
      case 0xe0: (length, low, high) = (3, 0xa0, 0xbf)
      case 0xed: (length, low, high) = (3, 0x80, 0x9f)
      case 0xe1...0xef: (length, low, high) = (3, 0x80, 0xbf)
      case 0xf0: (length, low, high) = (4, 0x90, 0xbf)
      case 0xf1...0xf3: (length, low, high) = (4, 0x80, 0xbf)
      case 0xf4: (length, low, high) = (4, 0x80, 0x8f)
      default: return i
      }
      guard i + length <= end else { return i }
      for k in 1..<max(1, length) where base[i + k] < (k == 1 ? low : 0x80) || base[i + k] > (k == 1 ? high : 0xbf) {
        return i
      }
      i += length
    }
    return nil
  }

  /// A text as it can be shown in one line: control characters replaced, at most 40 characters.
  static func shown(_ text: String) -> String {
    let visible = text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "\u{fffd}" : String($0) }.joined()
    return visible.count > 40 ? "'\(visible.prefix(40))…'" : "'\(visible)'"
  }
}
