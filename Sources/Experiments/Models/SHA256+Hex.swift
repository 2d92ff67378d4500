import Crypto
import Foundation

/// The SHA-256 of a file, read piece by piece, in hexadecimal.
func sha256(ofFile path: String) throws(ExperimentError) -> String {
  guard let handle = FileHandle(forReadingAtPath: path) else {
    throw ExperimentError("cannot be read", at: Place(path), reason: .noSuchFile)
  }
  defer { try? handle.close() }
  var hash = SHA256()
  do {
    while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
  } catch {
    throw ExperimentError("cannot be read", at: Place(path), reason: .noSuchFile)
  }
  return hexadecimal(hash.finalize())
}

func sha256(of bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
