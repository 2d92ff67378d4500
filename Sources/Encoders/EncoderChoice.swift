import MynahTables

/// An encoder as a hyperparameter: in files its name, or a mapping of `kind` and those of its parameters that are not at
/// their defaults.
///
/// ```yaml
/// encoders:
///   amount: quantile
///   age: {kind: mode-specific, point_limit: 512}
/// ```
public struct EncoderChoice: Codable, Sendable, Equatable {
  public let encoder: any ColumnEncoder

  public init(_ encoder: any ColumnEncoder) { self.encoder = encoder }

  public static let modeSpecific = EncoderChoice(ModeSpecificEncoder())
  public static let quantile = EncoderChoice(QuantileEncoder())
  public static let minMax = EncoderChoice(MinMaxEncoder())
  public static let oneHot = EncoderChoice(OneHotEncoder())
  public static let identifier = EncoderChoice(IdentifierEncoder())

  /// The encoder's name.
  public var identifier: String { Swift.type(of: encoder).identifier }

  public static func == (a: EncoderChoice, b: EncoderChoice) -> Bool {
    func equal<Encoder: ColumnEncoder>(_ encoder: Encoder) -> Bool { encoder == b.encoder as? Encoder }
    return equal(a.encoder)
  }

  private enum CodingKeys: String, CodingKey { case kind }

  /// - Throws: `TableError` for an encoder that the decoder's registry lacks (`CodingUserInfoKey.encoders`), and for
  ///   parameters with which nothing can be fitted.
  public init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      encoder = try Self.type(name, decoder).init()
      return
    }
    let name = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .kind)
    func read<Encoder: ColumnEncoder>(_ type: Encoder.Type) throws -> any ColumnEncoder {
      guard let decoder = decoder as? any DefaultingDecoder else { return try Encoder(from: decoder) }
      return try decoder.decode(over: Encoder(), besides: CodingKeys.kind.rawValue)
    }
    encoder = try read(Self.type(name, decoder))
    try encoder.validate()
  }

  private static func type(_ name: String, _ decoder: any Decoder) throws -> any ColumnEncoder.Type {
    let registry = EncoderRegistry(of: decoder)
    if let type = registry.type(name) { return type }
    let hint = nearest(to: name, among: registry.identifiers).map { "did you mean '\($0)'?" }
    let all = registry.identifiers.joined(separator: ", ")
    throw TableError("unknown encoder '\(name)'; \(hint ?? "the encoders are \(all)")")
  }

  public func encode(to encoder: any Encoder) throws {
    func isPlain<Encoder: ColumnEncoder>(_ encoder: Encoder) -> Bool { encoder == Encoder() }
    if isPlain(self.encoder) {
      var container = encoder.singleValueContainer()
      try container.encode(identifier)
    } else {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(identifier, forKey: .kind)
      try self.encoder.encode(to: encoder)
    }
  }
}

/// A decoder of files that people write: what they leave out has its default.
package protocol DefaultingDecoder: Decoder {
  /// Decodes a mapping over the values of `defaults`.
  ///
  /// - Parameter key: of the mapping, which is not one of the type's.
  func decode<Value: Codable>(over defaults: Value, besides key: String) throws -> Value
}
