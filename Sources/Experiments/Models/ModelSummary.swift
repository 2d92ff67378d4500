import Foundation
import MynahSynthesizers
import MynahTables
import MynahTensors

/// What a model file holds, for a reader.
public struct ModelSummary: Codable, Sendable {
  public struct TensorFact: Codable, Sendable {
    public var name: String
    public var type: String
    public var shape: [Int]
  }

  public var kind: String
  public var formatVersion: Int
  /// JSON.
  public var hyperparameters: String
  public var provenance: Provenance
  /// Nil for a kind that this program does not know.
  public var schema: Schema?
  public var tensors: [TensorFact]
  /// Numbers in all tensors.
  public var parameterCount: Int

  public init(_ file: ModelFile, registry: Registry = .standard) {
    kind = file.kind
    formatVersion = ModelFile.formatVersion
    hyperparameters = file.hyperparameters
    provenance = file.provenance
    schema = try? file.model(registry: registry).schema
    tensors = file.archive.tensors.sorted { $0.key < $1.key }.map {
      TensorFact(name: $0.key, type: $0.value.scalarType.rawValue, shape: $0.value.shape)
    }
    parameterCount = file.archive.tensors.values.reduce(0) { $0 + $1.count }
  }

  public func json() throws -> String {
    String(decoding: try JSONEncoder.forResults.encode(self), as: UTF8.self) + "\n"
  }

  public func text() throws -> String {
    var lines = ["model            \(kind) (format version \(formatVersion), mynah \(provenance.version))"]
    lines.append("fitted to        \(provenance.rows) rows, SHA-256 \(provenance.dataSHA256)")
    lines.append("seed             \(provenance.seed)")
    if let target = provenance.target { lines.append("target           \(target)") }
    if let epoch = provenance.epochsCompleted { lines.append("interrupted      after epoch \(epoch)") }
    lines.append("hyperparameters")
    lines += Self.aligned(try Self.settings(of: hyperparameters))
    if let schema {
      lines.append("columns")
      lines += Self.aligned(schema.columns.map { ($0.name, $0.kind.rawValue) })
    }
    lines.append("tensors          \(tensors.count), \(parameterCount) numbers")
    lines += Self.aligned(
      tensors.map { ($0.name, "\($0.type) \($0.shape.map(String.init).joined(separator: " × "))") })
    return lines.map { $0 + "\n" }.joined()
  }

  /// Hyperparameters in JSON by name, as text.
  static func settings(of hyperparameters: String) throws -> [(String, String)] {
    guard case .mapping(let entries) = try Setting(yaml: hyperparameters, file: "hyperparameters").content else {
      return []
    }
    return entries.map { ($0.key, $0.value.inline) }
  }

  private static func aligned(_ pairs: [(String, String)]) -> [String] {
    let width = pairs.map(\.0.count).max() ?? 0
    return pairs.map { "  " + $0.padding(toLength: width, withPad: " ", startingAt: 0) + "  " + $1 }
  }
}

extension FileProfile {
  /// As JSON, for programs.
  public func json() throws -> String {
    String(decoding: try JSONEncoder.forResults.encode(self), as: UTF8.self) + "\n"
  }
}
