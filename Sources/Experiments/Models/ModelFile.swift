import Foundation
import MynahSynthesizers
import MynahTables
import MynahTensors

/// A fitted model and where it comes from, as one safetensors file.
///
/// The metadata hold, besides what the model writes: `mynah.format_version`, `mynah.kind`, `mynah.hyperparameters` and
/// `mynah.provenance` (JSON), and `mynah.sha256`: the hash of the whole file with the hash's own 64 digits as zeros.
/// So any changed byte is found before the model is used.
public struct ModelFile: Sendable {
  /// The version this program writes, and the newest that it reads.
  public static let formatVersion = 1

  public var kind: String
  /// JSON with names in snake_case.
  public var hyperparameters: String
  public var provenance: Provenance
  public var archive: ModelArchive

  private enum Key {
    static let formatVersion = "mynah.format_version"
    static let kind = "mynah.kind"
    static let hyperparameters = "mynah.hyperparameters"
    static let provenance = "mynah.provenance"
    static let all = [formatVersion, kind, hyperparameters, provenance, Checksum.key]
  }

  /// - Throws: What the model throws when it cannot be written.
  public init(_ model: any FittedSynthesizer, of synthesizer: any Synthesizer, provenance: Provenance) throws {
    kind = type(of: model).identifier
    hyperparameters = try Hyperparameters.json(of: synthesizer)
    self.provenance = provenance
    archive = ModelArchive()
    try model.write(to: &archive)
  }

  /// The model, ready to be sampled.
  ///
  /// - Throws: `ExperimentError` for a kind that `registry` lacks; what the model throws for contents it cannot use, such
  ///   as encoders that `registry` lacks.
  public func model(registry: Registry = .standard) throws -> any FittedSynthesizer {
    var archive = archive
    archive.encoders = registry.encoders
    func open<S: Synthesizer>(_ type: S.Type) throws -> any FittedSynthesizer { try S.Fitted(from: archive) }
    return try open(try registry.synthesizer(kind))
  }

  // MARK: Bytes

  /// The file as bytes: the same model gives the same bytes.
  ///
  /// - Throws: `ExperimentError` where the model's own metadata take the place of the checksum's.
  public func encoded() throws -> [UInt8] {
    var metadata = archive.metadata
    metadata[Key.formatVersion] = String(Self.formatVersion)
    metadata[Key.kind] = kind
    metadata[Key.hyperparameters] = hyperparameters
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    metadata[Key.provenance] = String(decoding: try encoder.encode(provenance), as: UTF8.self)
    return try Checksum.encode(Safetensors(tensors: archive.tensors, metadata: metadata))
  }

  /// Reads a whole model file.
  ///
  /// - Parameters:
  ///   - bytes: All of the file.
  ///   - file: Named in errors.
  /// - Throws: `ExperimentError` for what is no model file, is damaged, or comes from a newer version.
  public init(bytes: UnsafeRawBufferPointer, file: String) throws {
    let place = Place(file)
    let contents: Safetensors
    do {
      contents = try Safetensors(bytes: bytes)
    } catch {
      throw ExperimentError("not a model file, or damaged: \(error)", at: place)
    }
    // The version comes first: what a newer one hashes, and how, is its own affair.
    guard let version = contents.metadata[Key.formatVersion].flatMap({ Int($0) }), version > 0 else {
      throw ExperimentError("a safetensors file, but not one of a model of this program", at: place)
    }
    guard version <= Self.formatVersion else {
      throw ExperimentError(
        "written in format version \(version) by a newer program; this one (\(mynahVersion)) reads up to version "
          + "\(Self.formatVersion)", at: place)
    }
    guard Checksum.agrees(contents, with: bytes) else {
      throw ExperimentError("damaged: its contents do not agree with its checksum", at: place)
    }
    guard let kind = contents.metadata[Key.kind], let hyperparameters = contents.metadata[Key.hyperparameters],
      let provenance = contents.metadata[Key.provenance].flatMap({
        try? JSONDecoder().decode(Provenance.self, from: Data($0.utf8))
      })
    else { throw ExperimentError("the model's kind, hyperparameters or provenance are missing", at: place) }
    self.kind = kind
    self.hyperparameters = hyperparameters
    self.provenance = provenance
    let own = contents.metadata.filter { !Key.all.contains($0.key) }
    archive = ModelArchive(metadata: own, tensors: contents.tensors)
  }
}
