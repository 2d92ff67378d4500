import MynahEncoders
import MynahTables

/// Decodes a `Codable` value from settings, strictly: a wrong type is an error with its place, and so is a key that the
/// type does not ask for. Keys are the properties' names in snake_case (`batch_size` for `batchSize`).
final class HyperparameterDecoder: Decoder {
  let setting: Setting
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [.encoders: encoders] }
  /// What messages call the mapping, for example "generator 'ctgan'".
  private let owner: String
  /// Those that choices of encoders can name.
  private let encoders: EncoderRegistry
  private var keyed: KeyLog?

  init(_ setting: Setting, codingPath: [any CodingKey] = [], owner: String, encoders: EncoderRegistry) {
    self.setting = setting
    self.codingPath = codingPath
    self.owner = owner
    self.encoders = encoders
  }

  /// The keys that the type asked for, in order.
  final class KeyLog { var keys: [String] = [] }

  /// Decodes `type` and checks that it asked for every key there is.
  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let value: T
    do {
      value = try T(from: self)
    } catch let DecodingError.dataCorrupted(context) {
      let choices = choices(of: type)
      throw mistake(choices.isEmpty ? context.debugDescription : "must be one of \(choices.joined(separator: ", "))")
    } catch let error as TableError {
      throw setting.failure("\(name.isEmpty ? owner : name): \(error.message)")
    } catch let DecodingError.keyNotFound(key, _) {
      throw setting.failure("\(owner): '\(snakeCase(key.stringValue))' is missing")
    }
    if let keyed, case .mapping(let entries) = setting.content {
      for entry in entries where !keyed.keys.contains(entry.key) {
        throw Setting.unknownKey(entry, known: keyed.keys, in: owner)
      }
    }
    return value
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .mapping = setting.content else { throw mistake("must be a mapping of keys to values") }
    let log = keyed ?? KeyLog()
    keyed = log
    return KeyedDecodingContainer(KeyedSettings<Key>(decoder: self, log: log))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    UnkeyedSettings(decoder: self, values: try setting.list(name))
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { SingleSetting(decoder: self) }

  /// The path from the mapping, for messages: `generator_dimensions.0`.
  var name: String {
    codingPath.map { key in key.intValue.map(String.init) ?? snakeCase(key.stringValue) }.joined(separator: ".")
  }

  func mistake(_ message: String) -> ExperimentError {
    setting.failure(
      name.isEmpty ? "\(owner) \(message), got \(setting.shown)" : "\(name): \(message), got \(setting.shown)")
  }

  func child(_ value: Setting, at key: any CodingKey) -> HyperparameterDecoder {
    HyperparameterDecoder(value, codingPath: codingPath + [key], owner: owner, encoders: encoders)
  }

  /// Scalars here, everything else by the type's own `init(from:)`.
  func decodeValue<T: Decodable>(_ type: T.Type) throws -> T {
    switch type {
    case is Double.Type: if let value = try setting.number(name) as? T { return value }
    case is Float.Type: if let value = Float(try setting.number(name)) as? T { return value }
    case is String.Type: if let value = try setting.text(name) as? T { return value }
    case is Bool.Type: if let value = try setting.truth(name) as? T { return value }
    default:
      if let integer = T.self as? any FixedWidthInteger.Type, let value = try wholeNumber(integer) as? T {
        return value
      }
    }
    return try decode(type)
  }

  private func wholeNumber<T: FixedWidthInteger>(_ type: T.Type) throws -> T { try setting.wholeNumber(name) }
}

extension HyperparameterDecoder: DefaultingDecoder {
  func decode<Value: Codable>(over defaults: Value, besides key: String) throws -> Value {
    guard case .mapping(let entries) = setting.content else { throw mistake("must be a mapping of keys to values") }
    let given = Setting(.mapping(entries.filter { $0.key != key }), at: setting.place)
    let merged = try Hyperparameters.setting(of: defaults).merging(given)
    // Checked right here, since the mapping's own keys are those of two types.
    keyed?.keys += entries.map(\.key)
    return try HyperparameterDecoder(merged, codingPath: codingPath, owner: owner, encoders: encoders)
      .decode(Value.self)
  }
}

/// The texts of an enumeration's cases; none for other types.
private func choices<T>(of type: T.Type) -> [String] {
  func cases<C: CaseIterable>(_ type: C.Type) -> [String] {
    C.allCases.compactMap { ($0 as? any RawRepresentable<String>)?.rawValue }
  }
  return (type as? any CaseIterable.Type).map { cases($0) } ?? []
}

/// `batchSize` as `batch_size`.
func snakeCase(_ name: String) -> String {
  var result = ""
  for character in name {
    if character.isUppercase, !result.isEmpty { result += "_" }
    result += character.lowercased()
  }
  return result
}
