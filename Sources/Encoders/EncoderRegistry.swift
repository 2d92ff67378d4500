/// Maps the names of encoders in files to their types. Programs register encoders of their own:
///
/// ```swift
/// var encoders = EncoderRegistry.standard
/// encoders.register(LogEncoder.self)
/// ```
///
/// A registry travels in a decoder's `userInfo`, from where choices of encoders and fitted encoders take it:
///
/// ```swift
/// let decoder = JSONDecoder()
/// decoder.userInfo[.encoders] = encoders
/// let fitted = try decoder.decode(FittedTableEncoder.self, from: data)
/// ```
public struct EncoderRegistry: Sendable {
  private var types: [String: any ColumnEncoder.Type] = [:]

  /// No encoder at all.
  public init() {}

  /// The encoders that come with the library.
  public static let standard: EncoderRegistry = {
    var registry = EncoderRegistry()
    registry.register(ModeSpecificEncoder.self)
    registry.register(QuantileEncoder.self)
    registry.register(MinMaxEncoder.self)
    registry.register(OneHotEncoder.self)
    registry.register(IdentifierEncoder.self)
    return registry
  }()

  /// The registry that a decoder carries; the standard one where it carries none.
  public init(of decoder: any Decoder) {
    self = decoder.userInfo[.encoders] as? EncoderRegistry ?? .standard
  }

  /// Adds an encoder under its `identifier`, in place of one of the same name.
  public mutating func register(_ type: any ColumnEncoder.Type) { types[type.identifier] = type }

  /// The registered names in alphabetical order.
  public var identifiers: [String] { types.keys.sorted() }

  public func type(_ identifier: String) -> (any ColumnEncoder.Type)? { types[identifier] }
}

extension CodingUserInfoKey {
  /// Where a decoder carries an `EncoderRegistry`.
  public static let encoders = CodingUserInfoKey(rawValue: "mynah.encoders")!
}
