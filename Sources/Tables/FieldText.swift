/// Where a field's text stands in the file: 40 bits of offset, 22 of length, and whether quotes in it are doubled.
struct FieldText: Equatable {
  let packed: UInt64

  static let longest = 1 << 22 - 1

  init(packed: UInt64) { self.packed = packed }

  @inline(__always)
  init(offset: Int, count: Int, isEscaped: Bool = false) {
    packed = UInt64(truncatingIfNeeded: offset) << 23 | UInt64(truncatingIfNeeded: count) << 1 | (isEscaped ? 1 : 0)
  }

  @inline(__always) var offset: Int { Int(packed >> 23) }
  @inline(__always) var count: Int { Int(packed >> 1 & 0x3f_ffff) }
  @inline(__always) var isEscaped: Bool { packed & 1 == 1 }

  /// The text, with doubled quotes made single.
  func string(in base: UnsafePointer<UInt8>) -> String {
    let bytes = UnsafeBufferPointer(start: base + offset, count: count)
    guard isEscaped else { return String(decoding: bytes, as: UTF8.self) }
    var single: [UInt8] = []
    var isSecondQuote = false
    for byte in bytes {
      if byte == UInt8(ascii: "\""), isSecondQuote {
        isSecondQuote = false
        continue
      }
      isSecondQuote = byte == UInt8(ascii: "\"")
      single.append(byte)
    }
    return String(decoding: single, as: UTF8.self)
  }

  func equals(_ other: FieldText, in base: UnsafePointer<UInt8>) -> Bool {
    if packed == other.packed { return true }
    guard count == other.count, isEscaped == other.isEscaped else { return false }
    return equalBytes(base + offset, base + other.offset, count)
  }

  func equals(_ bytes: [UInt8], in base: UnsafePointer<UInt8>) -> Bool {
    count == bytes.count
      && bytes.withUnsafeBufferPointer { count == 0 || equalBytes(base + offset, $0.baseAddress!, count) }
  }
}

@inline(__always)
private func equalBytes(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  for i in 0..<count where a[i] != b[i] { return false }
  return true
}

/// A 64-bit key of a text: texts of up to 7 bytes are their own key; longer ones are hashed and have the top bit set.
@inline(__always)
func textKey(_ text: UnsafePointer<UInt8>, _ count: Int, isEscaped: Bool) -> UInt64 {
  if count < 8, !isEscaped {
    var key: UInt64 = 0
    for i in 0..<count { key |= UInt64(text[i]) << UInt64(8 * i) }
    return key
  }
  var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15 ^ (isEscaped ? 0x55 : 0)
  var i = 0
  while i + 8 <= count {
    hash = (hash ^ UnsafeRawPointer(text + i).loadUnaligned(as: UInt64.self)) &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash >> 32
    i += 8
  }
  var rest: UInt64 = 0
  while i < count {
    rest = rest << 8 | UInt64(text[i])
    i += 1
  }
  hash = (hash ^ rest) &* 0xD6E8_FEB8_6659_FD93
  return (hash ^ hash >> 32) | 1 << 63
}
