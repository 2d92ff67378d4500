import Crypto
import MynahTensors

/// The SHA-256 that a safetensors file of this program carries in its metadata: of the whole file, with the hash's own
/// 64 digits as zeros. So any changed byte is found before anything in the file is used.
enum Checksum {
  static let key = "mynah.sha256"
  private static let digits = 64

  /// The file as bytes, with its checksum. The same contents give the same bytes.
  ///
  /// - Throws: `ExperimentError` where other metadata take the place of the checksum's.
  static func encode(_ contents: Safetensors) throws(ExperimentError) -> [UInt8] {
    var contents = contents
    contents.metadata[key] = String(repeating: "0", count: digits)
    var bytes = contents.encoded()
    guard let place = bytes.withUnsafeBytes({ place(in: $0) }) else {
      throw ExperimentError("the model's metadata hide the checksum")
    }
    bytes.replaceSubrange(place, with: hexadecimal(SHA256.hash(data: bytes)).utf8)
    return bytes
  }

  /// Whether `bytes` are those that were written.
  static func agrees(_ contents: Safetensors, with bytes: UnsafeRawBufferPointer) -> Bool {
    guard let sum = contents.metadata[key], let place = place(in: bytes) else { return false }
    var hash = SHA256()
    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[..<place.lowerBound]))
    hash.update(data: [UInt8](repeating: UInt8(ascii: "0"), count: digits))
    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[place.upperBound...]))
    return hexadecimal(hash.finalize()) == sum
  }

  /// Where the digits stand. A quote inside other text is escaped, so the first match is the key.
  private static func place(in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    guard let header = try? Safetensors.headerRange(of: bytes) else { return nil }
    let pattern = Array("\"\(key)\":\"".utf8)
    guard let match = UnsafeRawBufferPointer(rebasing: bytes[header]).firstRange(of: pattern) else { return nil }
    let start = header.lowerBound + match.upperBound
    guard start + digits <= header.upperBound else { return nil }
    return start..<start + digits
  }
}
