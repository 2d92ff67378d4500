import MynahEncoders
import MynahTensors

/// The contents of a model file: named tensors and text. `Safetensors` reads and writes it.
public struct ModelArchive: Sendable {
  /// Text by key, for example "hyperparameters" (JSON).
  public var metadata: [String: String]
  /// Tensors by dotted path.
  public var tensors: [String: Tensor]
  /// The encoders that a model read from here may have. Whoever decodes its JSON hands them to the decoder:
  /// `decoder.userInfo[.encoders] = archive.encoders`.
  public var encoders: EncoderRegistry

  public init(
    metadata: [String: String] = [:], tensors: [String: Tensor] = [:], encoders: EncoderRegistry = .standard
  ) {
    self.metadata = metadata
    self.tensors = tensors
    self.encoders = encoders
  }
}
