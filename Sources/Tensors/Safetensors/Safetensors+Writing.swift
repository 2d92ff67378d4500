extension Safetensors {
  /// The file as bytes: the same contents give the same bytes. The elements begin at a multiple of eight bytes.
  public func encoded() -> [UInt8] {
    // Widest elements first keeps every tensor aligned to its own element size, as the reference library does.
    let ordered = tensors.sorted {
      $0.value.scalarType.byteCount == $1.value.scalarType.byteCount
        ? $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
        : $0.value.scalarType.byteCount > $1.value.scalarType.byteCount
    }
    var offset = 0
    var offsets: [String: Range<Int>] = [:]
    for (name, tensor) in ordered {
      let end = offset + tensor.count * tensor.scalarType.byteCount
      offsets[name] = offset..<end
      offset = end
    }
    var header = header(offsets)
    header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)

    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + offset)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes += $0 }
    bytes += header
    for (_, tensor) in ordered {
      let length = tensor.count * tensor.scalarType.byteCount
      withExtendedLifetime(tensor.storage) {
        bytes += UnsafeRawBufferPointer(start: tensor.storage.pointer + tensor.byteOffset, count: length)
      }
    }
    return bytes
  }

  private func header(_ offsets: [String: Range<Int>]) -> [UInt8] {
    func sorted(_ keys: some Sequence<String>) -> [String] {
      keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    var json = "{"
    if !metadata.isEmpty {
      let pairs = sorted(metadata.keys).map { "\(quoted($0)):\(quoted(metadata[$0] ?? ""))" }
      json += "\(quoted(Self.metadataKey)):{\(pairs.joined(separator: ","))}"
    }
    for name in sorted(tensors.keys) {
      guard let tensor = tensors[name], let range = offsets[name] else { continue }
      if json.utf8.count > 1 { json += "," }
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      json += "\(quoted(name)):{\"dtype\":\"\(tensor.scalarType.rawValue)\",\"shape\":[\(shape)],"
      json += "\"data_offsets\":[\(range.lowerBound),\(range.upperBound)]}"
    }
    return Array((json + "}").utf8)
  }
}

/// `text` as a JSON string.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\u{0}"..<" ":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
