import Foundation
import MynahEncoders
import MynahSynthesizers

/// A synthesizer's hyperparameters as files hold them: names in snake_case, values at their defaults unless given.
enum Hyperparameters {
  /// The synthesizer of `type` with the given keys over its defaults.
  ///
  /// - Parameter encoders: Those that hyperparameters can choose.
  /// - Throws: `ExperimentError` with the place of an unknown key, a wrong type or an impossible value.
  static func decode(
    _ given: Setting, as type: any Synthesizer.Type, encoders: EncoderRegistry
  ) throws -> any Synthesizer {
    func open<S: Synthesizer>(_ type: S.Type) throws -> any Synthesizer {
      let merged = try setting(of: S()).merging(given)
      let owner = "generator '\(S.identifier)'"
      let synthesizer = try HyperparameterDecoder(merged, owner: owner, encoders: encoders).decode(S.self)
      do {
        try synthesizer.validate()
      } catch {
        let name = error.hyperparameter.map(snakeCase)
        throw ExperimentError(error.description, at: name.flatMap { given[$0]?.place } ?? given.place)
      }
      return synthesizer
    }
    return try open(type)
  }

  /// The names of a kind's hyperparameters, as files have them; none for a kind that is not there.
  static func names(of kind: String, _ registry: Registry) -> Set<String> {
    func defaults<S: Synthesizer>(_ type: S.Type) -> any Synthesizer { S() }
    guard let type = try? registry.synthesizer(kind), let setting = try? setting(of: defaults(type)),
      case .mapping(let entries) = setting.content
    else { return [] }
    return Set(entries.map(\.key))
  }

  /// As JSON on one line with sorted keys.
  static func json(of synthesizer: any Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .custom { path in
      let key = path[path.count - 1]
      return key.intValue.map(SettingKey.init(intValue:)) ?? SettingKey(stringValue: snakeCase(key.stringValue))
    }
    return String(decoding: try encoder.encode(synthesizer), as: UTF8.self)
  }

  /// JSON is YAML: read back as settings without places.
  static func setting(of synthesizer: any Encodable) throws -> Setting {
    try Setting(yaml: json(of: synthesizer), file: "").replacingPlaces(with: nil)
  }
}

extension Registry {
  /// The synthesizer of a kind with `settings` over its defaults, as after `--model` and `--set`.
  ///
  /// - Throws: `ExperimentError` for an unknown kind or hyperparameter, a wrong type or an impossible value.
  public func synthesizer(_ kind: String, settings: [SettingOverride]) throws -> any Synthesizer {
    var given = Setting(.mapping([]))
    for change in settings { given = try given.setting(change.path[...], to: change.value) }
    return try Hyperparameters.decode(given, as: try synthesizer(kind), encoders: encoders)
  }
}
