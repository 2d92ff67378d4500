import Foundation
import MynahEncoders
import MynahEvaluation
import MynahOversamplers
import MynahSynthesizers

/// An error that may name the hyperparameter that is wrong, so that a file's line can be named.
protocol HyperparameterFault: Error, CustomStringConvertible {
  /// As the Swift property is called.
  var hyperparameter: String? { get }
}

extension SynthesisError: HyperparameterFault {}
extension ResamplingError: HyperparameterFault {}
extension MetricError: HyperparameterFault {
  var hyperparameter: String? { parameter }
}

/// The hyperparameters of synthesizers and resamplers as files hold them: names in snake_case, values at their defaults
/// unless given.
enum Hyperparameters {
  /// The synthesizer of `type` with the given keys over its defaults.
  ///
  /// - Parameter encoders: Those that hyperparameters can choose.
  /// - Throws: `ExperimentError` with the place of an unknown key, a wrong type or an impossible value.
  static func decode(
    _ given: Setting, as type: any Synthesizer.Type, encoders: EncoderRegistry
  ) throws -> any Synthesizer {
    func open<S: Synthesizer>(_ type: S.Type) throws -> any Synthesizer {
      try decode(given, over: S(), owner: "generator '\(S.identifier)'", encoders: encoders) { try $0.validate() }
    }
    return try open(type)
  }

  /// As for synthesizers.
  static func decode(
    _ given: Setting, as type: any Resampler.Type, encoders: EncoderRegistry
  ) throws -> any Resampler {
    func open<R: Resampler>(_ type: R.Type) throws -> any Resampler {
      try decode(given, over: R(), owner: "method '\(R.identifier)'", encoders: encoders) { try $0.validate() }
    }
    return try open(type)
  }

  /// - Parameters:
  ///   - defaults: What holds where nothing is given.
  ///   - owner: What messages call the mapping.
  ///   - validate: Throws a `HyperparameterFault` for impossible values.
  static func decode<Value: Codable>(
    _ given: Setting, over defaults: Value, owner: String, encoders: EncoderRegistry, validate: (Value) throws -> Void
  ) throws -> Value {
    let merged = try setting(of: defaults).merging(given)
    let value = try HyperparameterDecoder(merged, owner: owner, encoders: encoders).decode(Value.self)
    do {
      try validate(value)
    } catch let fault as any HyperparameterFault {
      throw ExperimentError(fault.description, at: given.place(of: fault))
    }
    return value
  }

  /// The names of a kind's hyperparameters, as files have them; none for a kind that is not there.
  static func names(of kind: String, _ registry: Registry) -> Set<String> {
    func defaults<S: Synthesizer>(_ type: S.Type) -> any Synthesizer { S() }
    guard let type = try? registry.synthesizer(kind) else { return [] }
    return names(of: defaults(type))
  }

  /// The names of those hyperparameters of a value that are not nil.
  static func names(of value: any Encodable) -> Set<String> {
    guard case .mapping(let entries) = (try? setting(of: value))?.content else { return [] }
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
    try Hyperparameters.decode(
      try Setting.given(by: settings), as: try synthesizer(kind), encoders: encoders)
  }

  /// The resampler of a kind with `settings` over its defaults, as after `--method` and `--set`.
  ///
  /// - Throws: As for synthesizers.
  public func resampler(_ kind: String, settings: [SettingOverride]) throws -> any Resampler {
    try Hyperparameters.decode(
      try Setting.given(by: settings), as: try resampler(kind), encoders: encoders)
  }
}

extension Setting {
  /// What `--set` says, as a mapping.
  static func given(by changes: [SettingOverride]) throws(ExperimentError) -> Setting {
    var given = Setting(.mapping([]))
    for change in changes { given = try given.setting(change.path[...], to: change.value) }
    return given
  }

  /// Where the hyperparameter that is wrong was given, else the mapping's own place.
  func place(of fault: any HyperparameterFault) -> Place? {
    fault.hyperparameter.flatMap { self[snakeCase($0)]?.place } ?? place
  }
}
