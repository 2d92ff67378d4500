import MynahRandomness
import MynahSynthesizers
import MynahTables
import MynahTensors
import Testing

@testable import MynahExperiments

@Suite struct ModelFileTests {
  private static func file() throws -> ModelFile {
    var color = ColumnSchema(name: "color \"quoted\" \\", kind: .categorical)
    color.missingMarker = "?"
    let table = try Table(
      schema: Schema([color, ColumnSchema(name: "x", kind: .continuous)]),
      columns: [
        .categorical(codes: [0, 1, 0], levels: ["rot", "grün\n"], nil), .continuous([0.1, -2.5, 1e300], nil),
      ])
    var model = try ModelFile(
      FittedParrot(table: table, salt: 5), of: Parrot(),
      provenance: Provenance(dataSHA256: "00ff", rows: 3, seed: 9))
    model.archive.tensors["w"] = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
    return model
  }

  private func read(_ bytes: [UInt8]) throws -> ModelFile {
    try bytes.withUnsafeBytes { try ModelFile(bytes: $0, file: "m.safetensors") }
  }

  @Test func readsWhatItWrites() throws {
    let file = try Self.file()
    let bytes = try file.encoded()
    #expect(try file.encoded() == bytes)
    let copy = try read(bytes)
    #expect(copy.kind == "parrot" && copy.provenance == file.provenance)
    #expect(copy.hyperparameters.contains("\"batch_size\":10") && copy.hyperparameters.contains("\"mode\":\"rows\""))
    #expect(copy.archive.metadata == file.archive.metadata)
    #expect(copy.archive.tensors.keys.sorted() == ["w"])
    let model = try #require(try copy.model(registry: .forTests) as? FittedParrot)
    #expect(model.table == (try FittedParrot(from: file.archive)).table && model.salt == 5)
  }

  @Test func refusesAFileCutAtAnyByte() throws {
    let bytes = try Self.file().encoded()
    for length in 0..<bytes.count {
      let error = #expect(throws: ExperimentError.self) { try read(Array(bytes[..<length])) }
      #expect(error?.description.hasPrefix("m.safetensors: not a model file, or damaged: ") == true)
    }
  }

  @Test func noticesAnyFlippedBit() throws {
    let bytes = try Self.file().encoded()
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 1 << UInt8(index % 8)
      #expect(throws: ExperimentError.self, "byte \(index)") { try read(damaged) }
    }
  }

  @Test func saysThatAFileIsNewer() throws {
    let text = String(decoding: try Self.file().encoded(), as: UTF8.self)
    #expect(text.contains("\"mynah.format_version\":\"1\""))
    let newer = Safetensors(tensors: [:], metadata: ["mynah.format_version": "2"]).encoded()
    let error = #expect(throws: ExperimentError.self) { try read(newer) }
    #expect(
      error?.description
        == "m.safetensors: written in format version 2 by a newer program; this one (0.1.0) reads up to version 1")
  }

  @Test func saysThatAFileIsOfAnotherProgram() throws {
    let error = #expect(throws: ExperimentError.self) { try read(Safetensors(tensors: [:]).encoded()) }
    #expect(error?.description == "m.safetensors: a safetensors file, but not one of a model of this program")
  }

  @Test func saysThatAKindIsUnknown() throws {
    let file = try Self.file()
    let error = #expect(throws: ExperimentError.self) { try file.model(registry: Registry()) }
    #expect(error?.message.hasPrefix("unknown model 'parrot'") == true)
  }
}
