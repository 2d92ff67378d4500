/// A place in a list, or a property's name.
struct SettingKey: CodingKey {
  var stringValue: String
  var intValue: Int?

  init(stringValue: String) { self.stringValue = stringValue }

  init(intValue: Int) {
    self.intValue = intValue
    stringValue = String(intValue)
  }
}

struct KeyedSettings<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: HyperparameterDecoder
  let log: HyperparameterDecoder.KeyLog
  var codingPath: [any CodingKey] { decoder.codingPath }

  var allKeys: [Key] {
    guard case .mapping(let entries) = decoder.setting.content else { return [] }
    log.keys += entries.map(\.key)  // a dictionary takes every key
    return entries.compactMap { Key(stringValue: $0.key) }
  }

  func contains(_ key: Key) -> Bool { value(key) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { value(key) == nil }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    guard let value = value(key) else {
      throw decoder.setting.failure("'\(snakeCase(key.stringValue))' is missing")
    }
    return try decoder.child(value, at: key).decodeValue(type)
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try child(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try child(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { decoder }

  func superDecoder(forKey key: Key) throws -> any Decoder { try child(key) }

  private func value(_ key: Key) -> Setting? {
    let name = snakeCase(key.stringValue)
    if !log.keys.contains(name) { log.keys.append(name) }
    // A dictionary's keys stand as they are, and may differ in case only.
    return decoder.setting[key.stringValue] ?? decoder.setting[name]
  }

  private func child(_ key: Key) throws -> HyperparameterDecoder {
    guard let value = value(key) else {
      throw decoder.setting.failure("'\(snakeCase(key.stringValue))' is missing")
    }
    return decoder.child(value, at: key)
  }
}

struct UnkeyedSettings: UnkeyedDecodingContainer {
  let decoder: HyperparameterDecoder
  let values: [Setting]
  var currentIndex = 0
  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { values.count }
  var isAtEnd: Bool { currentIndex >= values.count }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, values[currentIndex].isNull else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().decodeValue(type) }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try next().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }

  mutating func superDecoder() throws -> any Decoder { try next() }

  private mutating func next() throws -> HyperparameterDecoder {
    guard !isAtEnd else { throw decoder.mistake("is too short: \(values.count) values") }
    defer { currentIndex += 1 }
    return decoder.child(values[currentIndex], at: SettingKey(intValue: currentIndex))
  }
}

struct SingleSetting: SingleValueDecodingContainer {
  let decoder: HyperparameterDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.setting.isNull }

  func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.decodeValue(type) }
}
