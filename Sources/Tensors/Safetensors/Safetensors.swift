/// Named tensors and text in the safetensors format: the length of a header as eight bytes (little-endian), the header
/// in JSON, then the elements of all tensors without gaps.
///
/// Files can be exchanged with every safetensors library. Scalar types other than F32, F64 and I32 are refused.
public struct Safetensors: Sendable {
  /// Tensors by name.
  public var tensors: [String: Tensor]
  /// Text by key: the header's `__metadata__`.
  public var metadata: [String: String]

  public init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  static let metadataKey = "__metadata__"

  /// Reads a whole file. Nothing in it is believed before it has been checked against the number of bytes there are,
  /// so a damaged file costs neither a crash nor memory.
  ///
  /// - Throws: `SafetensorsError` for a length, an offset, a shape or a name that cannot be right.
  public init(bytes: UnsafeRawBufferPointer) throws(SafetensorsError) {
    let header = try Self.headerRange(of: bytes)
    var parser = HeaderParser(UnsafeRawBufferPointer(rebasing: bytes[header]))
    let parsed = try parser.parse()
    let data = UnsafeRawBufferPointer(rebasing: bytes[header.upperBound...])
    try Self.check(parsed.entries, dataLength: data.count)
    metadata = parsed.metadata
    tensors = [:]
    for (name, entry) in parsed.entries {
      let storage = Storage(byteCount: entry.offsets.count)
      let source = UnsafeRawBufferPointer(rebasing: data[entry.offsets])
      if let start = source.baseAddress { storage.pointer.copyMemory(from: start, byteCount: source.count) }
      tensors[name] = Tensor(storage: storage, shape: entry.shape, scalarType: entry.scalarType)
    }
  }

  /// Where the header stands in `bytes`.
  public static func headerRange(of bytes: UnsafeRawBufferPointer) throws(SafetensorsError) -> Range<Int> {
    guard bytes.count >= 8 else {
      throw SafetensorsError("not a safetensors file: \(bytes.count) bytes, and the length of the header takes 8")
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length >= 2, length <= UInt64(bytes.count - 8) else {
      throw SafetensorsError(
        "not a whole safetensors file: its header should have \(length) bytes, \(bytes.count - 8) follow")
    }
    return 8..<8 + Int(length)
  }

  /// Offsets have to cover the data once, without gaps, and agree with shapes.
  private static func check(_ entries: [String: HeaderEntry], dataLength: Int) throws(SafetensorsError) {
    var end = 0
    let ordered = entries.sorted {
      let (a, b) = ($0.value.offsets, $1.value.offsets)
      return (a.lowerBound, a.upperBound) < (b.lowerBound, b.upperBound)
    }
    for (name, entry) in ordered {
      var byteCount = entry.scalarType.byteCount
      for length in entry.shape {
        let (product, overflow) = byteCount.multipliedReportingOverflow(by: length)
        guard !overflow else { throw SafetensorsError("tensor '\(name)': shape \(entry.shape) is too large") }
        byteCount = product
      }
      guard entry.offsets.count == byteCount else {
        throw SafetensorsError(
          "tensor '\(name)': shape \(entry.shape) of \(entry.scalarType.rawValue) takes \(byteCount) bytes, "
            + "the header gives it \(entry.offsets.count)")
      }
      guard entry.offsets.lowerBound == end else {
        throw SafetensorsError(
          "tensor '\(name)' begins at byte \(entry.offsets.lowerBound) of the data, expected \(end)")
      }
      end = entry.offsets.upperBound
    }
    guard end == dataLength else {
      throw SafetensorsError("not a whole safetensors file: the data should have \(end) bytes, there are \(dataLength)")
    }
  }
}
