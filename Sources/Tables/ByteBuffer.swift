/// Bytes that grow at the end; the checked face of raw memory for formatting.
final class ByteBuffer {
  private(set) var count = 0
  private var capacity: Int
  private var bytes: UnsafeMutablePointer<UInt8>

  init(capacity: Int) {
    self.capacity = max(64, capacity)
    bytes = .allocate(capacity: self.capacity + Self.slack)
  }

  deinit { bytes.deallocate() }

  /// The bytes, valid during the call.
  func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(start: bytes, count: count))
  }

  var array: [UInt8] { withBytes { Array($0) } }

  @inline(__always)
  private func reserve(_ more: Int) {
    if count + more > capacity { grow(more) }
  }

  @inline(never)
  private func grow(_ more: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: max(count + more, capacity * 2) + Self.slack)
    larger.update(from: bytes, count: count)
    capacity = max(count + more, capacity * 2)
    bytes.deallocate()
    bytes = larger
  }

  @inline(__always)
  func append(_ byte: UInt8) {
    reserve(1)
    bytes[count] = byte
    count += 1
  }

  @inline(__always)
  func append(_ other: [UInt8]) {
    reserve(other.count)
    for i in 0..<other.count { bytes[count + i] = other[i] }
    count += other.count
  }

  /// Room beyond the capacity, for copies in whole blocks.
  private static let slack = 16

  /// The first byte; valid until something is appended, and as long as the buffer lives.
  var start: UnsafePointer<UInt8> { UnsafePointer(bytes) }

  /// Appends exactly `size` bytes, which `body` writes, and moves its pointer on.
  func write(_ size: Int, _ body: (inout UnsafeMutablePointer<UInt8>) -> Void) {
    reserve(size)
    var place = bytes + count
    body(&place)
    count += size
  }

  /// Copies `length` bytes between two buffers, in whole blocks: up to 15 bytes after them are read, and overwritten.
  @inline(__always)
  static func copyBlocks(from source: UnsafePointer<UInt8>, _ length: Int, to target: UnsafeMutablePointer<UInt8>) {
    var done = 0
    repeat {
      let block = UnsafeRawPointer(source + done).loadUnaligned(as: SIMD16<UInt8>.self)
      UnsafeMutableRawPointer(target + done).storeBytes(of: block, as: SIMD16<UInt8>.self)
      done += slack
    } while done < length
  }

  /// Appends what `body` writes: at most `room` bytes. It gives how many they are; what it writes beyond is overwritten.
  @inline(__always)
  func append(upTo room: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    reserve(room)
    count += body(bytes + count)
  }

  /// A whole number in decimal.
  @inline(__always)
  func append(_ value: Int64) {
    append(upTo: 32) { place in
      place.pointee = UInt8(ascii: "-")
      let sign = value < 0 ? 1 : 0
      return sign + DigitWriting.write(value.magnitude, to: place + sign)
    }
  }
}
