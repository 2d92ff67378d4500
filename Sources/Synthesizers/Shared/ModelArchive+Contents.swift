import Foundation
import MynahEncoders
import MynahTensors

/// What models put into archives and take out of them. Everything taken out is checked for being there and for its shape;
/// what the numbers mean is the model's to check.
extension ModelArchive {
  /// Keeps a value as JSON.
  public mutating func encode(_ value: some Encodable, as key: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    metadata[key] = String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// - Throws: `SynthesisError` when there is no such value, or it cannot be read.
  public func decode<Value: Decodable>(_ type: Value.Type, _ key: String) throws(SynthesisError) -> Value {
    guard let text = metadata[key] else { throw SynthesisError("the model file has no '\(key)'") }
    let decoder = JSONDecoder()
    decoder.userInfo[.encoders] = encoders
    do {
      return try decoder.decode(type, from: Data(text.utf8))
    } catch {
      throw SynthesisError("the model file's '\(key)' cannot be read: \(error)")
    }
  }

  /// Hyperparameters over their defaults: files of earlier versions lack the newer ones.
  ///
  /// - Throws: `SynthesisError` when there are none, or they cannot be read.
  public func decodeHyperparameters<S: Synthesizer>(_ type: S.Type) throws(SynthesisError) -> S {
    let key = "hyperparameters"
    guard let text = metadata[key] else { throw SynthesisError("the model file has no '\(key)'") }
    func object(_ data: Data) throws -> [String: Any] {
      guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
        throw SynthesisError("expected a mapping of names to values")
      }
      return object
    }
    let decoder = JSONDecoder()
    decoder.userInfo[.encoders] = encoders
    do {
      let given = try object(Data(text.utf8))
      let merged = try object(JSONEncoder().encode(S())).merging(given) { $1 }
      let value = try decoder.decode(type, from: JSONSerialization.data(withJSONObject: merged))
      let known = try object(JSONEncoder().encode(value))
      if let unknown = given.keys.filter({ known[$0] == nil }).min() {
        throw SynthesisError("'\(unknown)' is no hyperparameter of '\(S.identifier)'")
      }
      return value
    } catch {
      throw SynthesisError("the model file's '\(key)' cannot be read: \(error)")
    }
  }

  mutating func store(_ numbers: [Double], as path: String) {
    tensors[path] = Tensor(numbers, scalarType: .float64)
  }

  /// Whole numbers of 64 bits, as pairs of 32 bits, the lower ones first.
  mutating func store(_ numbers: [Int64], as path: String) {
    tensors[path] = numbers.withUnsafeBytes { Tensor(bytes: $0, shape: [numbers.count, 2], scalarType: .int32) }
  }

  /// Bytes, four to a number of 32 bits.
  mutating func store(bytes: [UInt8], as path: String) {
    let padded = bytes + Array(repeating: 0, count: (4 - bytes.count % 4) % 4)
    tensors[path] = padded.withUnsafeBytes { Tensor(bytes: $0, shape: [padded.count / 4], scalarType: .int32) }
  }

  func doubles(_ path: String, count: Int) throws(SynthesisError) -> [Double] {
    try tensor(path, [count], .float64).scalars
  }

  func int64s(_ path: String, count: Int) throws(SynthesisError) -> [Int64] {
    try tensor(path, [count, 2], .int32).withUnsafeBytes { bytes in
      (0..<count).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self) }
    }
  }

  func bytes(_ path: String, count: Int) throws(SynthesisError) -> [UInt8] {
    let words = count / 4 + (count % 4 == 0 ? 0 : 1)
    return try tensor(path, [words], .int32).withUnsafeBytes { Array($0.prefix(count)) }
  }

  /// - Throws: `SynthesisError` when there is no tensor of this name, shape and type.
  public func tensor(_ path: String, _ shape: [Int], _ type: ScalarType) throws(SynthesisError) -> Tensor {
    guard let tensor = tensors[path], tensor.shape == shape, tensor.scalarType == type else {
      throw SynthesisError("the model file has no \(type) tensor '\(path)' of shape \(shape)")
    }
    return tensor
  }

  /// How many numbers the one-dimensional tensor has.
  func length(_ path: String) throws(SynthesisError) -> Int {
    guard let tensor = tensors[path], tensor.rank >= 1 else {
      throw SynthesisError("the model file has no tensor '\(path)'")
    }
    return tensor.shape[0]
  }
}
