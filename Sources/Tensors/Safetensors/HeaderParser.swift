/// What the header says about one tensor.
struct HeaderEntry {
  var scalarType: ScalarType
  var shape: [Int]
  /// In the data that follow the header.
  var offsets: Range<Int>
}

/// Reads a safetensors header: JSON of a fixed shape, hence without recursion, and stricter than JSON at large (a name
/// twice, an unknown field, a fraction or a negative number are errors).
struct HeaderParser {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func parse() throws(SafetensorsError) -> (entries: [String: HeaderEntry], metadata: [String: String]) {
    var entries: [String: HeaderEntry] = [:]
    var metadata: [String: String]?
    try object { parser, name throws(SafetensorsError) in
      if name == Safetensors.metadataKey {
        guard metadata == nil else { throw parser.failure("'\(name)' stands there twice") }
        metadata = try parser.text()
      } else {
        guard entries[name] == nil else { throw parser.failure("tensor '\(name)' stands there twice") }
        entries[name] = try parser.entry(name)
      }
    }
    skipBlanks()
    guard position == bytes.count else { throw failure("text after the end of the header") }
    return (entries, metadata ?? [:])
  }

  private mutating func text() throws(SafetensorsError) -> [String: String] {
    var text: [String: String] = [:]
    try object { parser, key throws(SafetensorsError) in
      guard text[key] == nil else { throw parser.failure("'\(key)' stands there twice") }
      text[key] = try parser.string()
    }
    return text
  }

  private mutating func entry(_ name: String) throws(SafetensorsError) -> HeaderEntry {
    var scalarType: ScalarType?
    var shape: [Int]?
    var offsets: [Int]?
    try object { parser, key throws(SafetensorsError) in
      switch key {
      case "dtype" where scalarType == nil:
        let type = try parser.string()
        scalarType = ScalarType(rawValue: type)
        guard scalarType != nil else {
          throw parser.failure("tensor '\(name)' is of type '\(type)'; F32, F64 and I32 can be read")
        }
      case "shape" where shape == nil: shape = try parser.numbers()
      case "data_offsets" where offsets == nil: offsets = try parser.numbers()
      default: throw parser.failure("tensor '\(name)': '\(key)' is unknown, or there twice")
      }
    }
    guard let scalarType, let shape, let offsets, offsets.count == 2, offsets[0] <= offsets[1] else {
      throw failure("tensor '\(name)' needs dtype, shape and data_offsets [begin, end]")
    }
    return HeaderEntry(scalarType: scalarType, shape: shape, offsets: offsets[0]..<offsets[1])
  }

  // MARK: JSON

  /// `{` name `:` what `value` reads `,` … `}`.
  private mutating func object(
    _ value: (inout HeaderParser, String) throws(SafetensorsError) -> Void
  ) throws(SafetensorsError) {
    try expect("{")
    if take("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try value(&self, key)
    } while take(",")
    try expect("}")
  }

  private mutating func numbers() throws(SafetensorsError) -> [Int] {
    var numbers: [Int] = []
    try expect("[")
    if take("]") { return numbers }
    repeat { numbers.append(try number()) } while take(",")
    try expect("]")
    return numbers
  }

  private mutating func number() throws(SafetensorsError) -> Int {
    skipBlanks()
    var value = 0
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(bytes[position] - 0x30))
      guard !overflow, !carry else { throw failure("a number is too large") }
      value = sum
      position += 1
    }
    guard position > start else { throw failure("a whole number was expected") }
    return value
  }

  private mutating func string() throws(SafetensorsError) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw failure("a name is not UTF-8") }
        return string
      case UInt8(ascii: "\\"): text += try escaped()
      case 0..<0x20: throw failure("a control character in a string")
      default: text.append(byte)
      }
    }
    throw failure("a string does not end")
  }

  private mutating func escaped() throws(SafetensorsError) -> [UInt8] {
    guard position < bytes.count else { throw failure("a string does not end") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var units = [try codeUnit()]
      if UTF16.isLeadSurrogate(units[0]), take("\\", blanks: false), take("u", blanks: false) {
        units.append(try codeUnit())
      }
      guard let text = String(validating: units, as: UTF16.self) else { throw failure("half a surrogate pair") }
      return Array(text.utf8)
    default: throw failure("an unknown escape in a string")
    }
  }

  private mutating func codeUnit() throws(SafetensorsError) -> UInt16 {
    guard bytes.count - position >= 4 else { throw failure("a string does not end") }
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Character(UnicodeScalar(bytes[position])).hexDigitValue else {
        throw failure("an unknown escape in a string")
      }
      value = value << 4 | UInt16(digit)
      position += 1
    }
    return value
  }

  private mutating func skipBlanks() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar, blanks: Bool = true) -> Bool {
    if blanks { skipBlanks() }
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(SafetensorsError) {
    guard take(character) else { throw failure("'\(character)' was expected") }
  }

  private func failure(_ message: String) -> SafetensorsError {
    SafetensorsError("damaged safetensors header at byte \(8 + position): \(message)")
  }
}
