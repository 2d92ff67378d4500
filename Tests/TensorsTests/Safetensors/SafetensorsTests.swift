import Foundation
import Testing

@testable import MynahTensors

/// Made by `make_golden.py` with safetensors 0.8.0.
private let golden = """
  QAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJraW5kIjoiY3RnYW4iLCJxdW90ZXMiOiJhIFwiYlwiIFxcIGNcblx0w6nwn5CmIn0sInNjYWxlIjp7Im\
  R0eXBlIjoiRjY0Iiwic2hhcGUiOltdLCJkYXRhX29mZnNldHMiOlswLDhdfSwiZW1wdHkiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzAsNF0sImRh\
  dGFfb2Zmc2V0cyI6WzgsOF19LCJnZW5lcmF0b3IuMC53ZWlnaHQiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzIsM10sImRhdGFfb2Zmc2V0cyI6Wz\
  gsMzJdfSwiY291bnRzIjp7ImR0eXBlIjoiSTMyIiwic2hhcGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbMzIsNDRdfX0gICAgIJqZmZmZmbk/AADAPwAA\
  AMAAAFBAAAAAAG8SgzoAAIBA/////wIAAAD///9/
  """

private func read(_ bytes: [UInt8]) throws -> Safetensors { try bytes.withUnsafeBytes { try Safetensors(bytes: $0) } }

private func elements<T>(_ tensor: Tensor, as type: T.Type) -> [T] {
  withExtendedLifetime(tensor.storage) {
    let start = UnsafeRawPointer(tensor.storage.pointer + tensor.byteOffset)
    return (0..<tensor.count).map { start.loadUnaligned(fromByteOffset: $0 * MemoryLayout<T>.size, as: T.self) }
  }
}

private func tensor<T>(_ values: [T], shape: [Int], _ scalarType: ScalarType) -> Tensor {
  let storage = Storage(byteCount: values.count * MemoryLayout<T>.size)
  values.withUnsafeBytes {
    if let start = $0.baseAddress { storage.pointer.copyMemory(from: start, byteCount: $0.count) }
  }
  return Tensor(storage: storage, shape: shape, scalarType: scalarType)
}

/// A file with this header and as many bytes of data.
private func file(_ header: String, dataLength: Int) -> [UInt8] {
  withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) } + Array(header.utf8)
    + [UInt8](repeating: 7, count: dataLength)
}

@Suite struct SafetensorsTests {
  @Test func readsAFileOfTheReferenceLibrary() throws {
    let file = try read(Array(try #require(Data(base64Encoded: golden))))
    #expect(file.metadata == ["kind": "ctgan", "quotes": "a \"b\" \\ c\n\té🐦"])
    #expect(Set(file.tensors.keys) == ["generator.0.weight", "counts", "scale", "empty"])
    let weight = try #require(file.tensors["generator.0.weight"])
    #expect(weight.shape == [2, 3])
    #expect(elements(weight, as: Float.self) == [1.5, -2, 3.25, 0, 1e-3, 4])
    #expect(elements(try #require(file.tensors["counts"]), as: Int32.self) == [-1, 2, .max])
    let scale = try #require(file.tensors["scale"])
    #expect(scale.shape == [] && scale.scalarType == .float64)
    #expect(elements(scale, as: Double.self) == [0.1])
    #expect(file.tensors["empty"]?.shape == [0, 4])
  }

  @Test func writesWhatItReads() throws {
    let original = Safetensors(
      tensors: [
        "b.weight": tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [3, 2], .float32),
        "a\"\\\u{1}é": tensor([7, -7] as [Int32], shape: [2], .int32),
        "double": tensor([0.1, .infinity] as [Double], shape: [2, 1], .float64),
        "none": tensor([] as [Float], shape: [0], .float32),
      ], metadata: ["text": "{\"x\": \"\\n\u{0}🐦\"}", "empty": ""])
    let bytes = original.encoded()
    #expect(bytes == original.encoded())
    let length = bytes.withUnsafeBytes { Int($0.loadUnaligned(as: UInt64.self)) }
    #expect(length % 8 == 0)
    let copy = try read(bytes)
    #expect(copy.metadata == original.metadata)
    #expect(Set(copy.tensors.keys) == Set(original.tensors.keys))
    #expect(elements(try #require(copy.tensors["b.weight"]), as: Float.self) == [1, 2, 3, 4, 5, 6])
    #expect(copy.tensors["b.weight"]?.shape == [3, 2])
    #expect(elements(try #require(copy.tensors["double"]), as: Double.self) == [0.1, .infinity])
    #expect(elements(try #require(copy.tensors["a\"\\\u{1}é"]), as: Int32.self) == [7, -7])
    #expect(try read(Safetensors(tensors: [:]).encoded()).tensors.isEmpty)
  }

  @Test func refusesAFileCutAnywhere() throws {
    let whole = Array(try #require(Data(base64Encoded: golden)))
    for length in 0..<whole.count {
      #expect(throws: SafetensorsError.self, "cut to \(length) bytes") { try read(Array(whole[..<length])) }
    }
    #expect(throws: SafetensorsError.self) { try read(whole + [0]) }
  }

  /// A flipped bit may change a value unseen (model files carry a checksum for that) but never costs a crash.
  @Test func survivesEveryFlippedBit() throws {
    let whole = Array(try #require(Data(base64Encoded: golden)))
    for index in whole.indices {
      for bit in 0..<8 {
        var damaged = whole
        damaged[index] ^= 1 << UInt8(bit)
        _ = try? read(damaged)
      }
    }
  }

  @Test(arguments: [
    ("{}", 4, "data should have 0 bytes"),
    ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "begins at byte 4"),
    ("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "takes 8 bytes"),
    ("{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "'F16'"),
    ("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4, "whole number"),
    ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}", 4, "expected"),
    ("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}}", 4, "too large"),
    ("{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}", 4, "too large"),
    ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", 4, "needs dtype"),
    ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "needs dtype"),
    ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":[]}}", 4, "'x'"),
    (
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "begins at byte 0"
    ),
    (
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "twice"
    ),
    ("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0, "twice"),
    ("{\"__metadata__\":{\"a\":1}}", 0, "expected"),
    ("{\"__metadata__\":{\"a\":\"\\ud800\"}}", 0, "surrogate"),
    ("{\"__metadata__\":{\"a\":\"\\q\"}}", 0, "escape"),
    ("{} x", 0, "after the end"),
    ("[]", 0, "expected"),
    ("{\"a", 0, "does not end"),
  ]) func refusesAHeader(_ header: String, _ dataLength: Int, _ words: String) throws {
    let error = #expect(throws: SafetensorsError.self) { try read(file(header, dataLength: dataLength)) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func refusesNestingAndLengthsWithoutCost() {
    let deep = String(repeating: "{\"a\":", count: 100_000)
    #expect(throws: SafetensorsError.self) { try read(file(deep, dataLength: 0)) }
    #expect(throws: SafetensorsError.self) { try read([UInt8](repeating: 0xFF, count: 64)) }
  }
}
