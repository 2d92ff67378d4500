import Foundation
import MynahEncoders
import MynahRandomness
import MynahTensors

extension FittedAdversarialModel {
  private static var weights: String { "generator." }

  /// Hyperparameters, encoders and level counts as JSON; the generator's tensors by path.
  public func write(to archive: inout ModelArchive) throws {
    archive.metadata["hyperparameters"] = try json(settings)
    archive.metadata["encoder"] = try json(encoder)
    archive.metadata["level_counts"] = try json(levelCounts)
    for (path, value) in generator.parameters.values { archive.tensors[Self.weights + path] = value }
  }

  /// - Throws: `SynthesisError` when something is absent or does not fit.
  public init(from archive: ModelArchive) throws {
    let settings = try Self.hyperparameters(archive)
    try settings.validate()
    let encoder = try Self.decode(FittedTableEncoder.self, "encoder", archive)
    let counts = try Self.decode([[Int]].self, "level_counts", archive)
    let (layout, space) = (encoder.layout, try ConditionSpace(settings.conditioning, encoder))
    guard counts.map(\.count) == space.columns.map(\.cardinality),
      counts.allSatisfy({ $0.allSatisfy { $0 >= 0 && $0 <= Int(Int32.max) } && $0.contains { $0 > 0 } })
    else { throw SynthesisError("the model file's level counts do not fit its encoders") }

    // Every shape is checked against the file's tensors before a generator of that size is made.
    guard
      let shapes = Generator.shapes(
        noise: settings.embeddingDimension, condition: space.width, hidden: settings.generatorDimensions,
        width: layout.width)
    else { throw SynthesisError("the model file's hyperparameters describe an impossibly large network") }
    var values: [String: Tensor] = [:]
    for (path, shape) in shapes {
      guard let tensor = archive.tensors[Self.weights + path], tensor.shape == shape, tensor.scalarType == .float32
      else { throw SynthesisError("the model file has no float32 tensor '\(Self.weights)\(path)' of shape \(shape)") }
      values[path] = tensor
    }
    let generator: Generator
    do {
      generator = try Generator(settings, layout, space, values: values)
    } catch { throw SynthesisError("model file: \(error)") }
    self.init(settings: settings, encoder: encoder, space: space, levelCounts: counts, generator: generator)
  }

  /// The hyperparameters over their defaults: files of earlier versions lack the newer ones.
  private static func hyperparameters(_ archive: ModelArchive) throws -> Settings {
    let key = "hyperparameters"
    guard let text = archive.metadata[key] else { throw SynthesisError("the model file has no '\(key)'") }
    func object(_ data: Data) throws -> [String: Any] {
      guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
        throw SynthesisError("expected a mapping of names to values")
      }
      return object
    }
    do {
      let defaults = try object(JSONEncoder().encode(Settings()))
      let merged = try defaults.merging(object(Data(text.utf8))) { $1 }
      return try JSONDecoder().decode(Settings.self, from: JSONSerialization.data(withJSONObject: merged))
    } catch {
      throw SynthesisError("the model file's '\(key)' cannot be read: \(error)")
    }
  }

  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, _ key: String, _ archive: ModelArchive) throws
    -> Value
  {
    guard let text = archive.metadata[key] else { throw SynthesisError("the model file has no '\(key)'") }
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw SynthesisError("the model file's '\(key)' cannot be read: \(error)")
    }
  }
}
