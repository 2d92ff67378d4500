import MynahTensors

/// The contents of a model file: named tensors and text. `Safetensors` reads and writes it.
public struct ModelArchive: Sendable {
  /// Text by key, for example "hyperparameters" (JSON).
  public var metadata: [String: String]
  /// Tensors by dotted path.
  public var tensors: [String: Tensor]

  public init(metadata: [String: String] = [:], tensors: [String: Tensor] = [:]) {
    self.metadata = metadata
    self.tensors = tensors
  }
}
