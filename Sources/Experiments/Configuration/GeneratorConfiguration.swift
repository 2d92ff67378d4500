import MynahSynthesizers

/// A model of an experiment: its kind and hyperparameters, and the name of its results.
public struct GeneratorConfiguration: Sendable {
  /// Names the sub-folder when there are several. The kind unless given; a second one of a kind gets a number.
  public var name: String
  public var synthesizer: any Synthesizer
  var place: Place?

  public init(name: String? = nil, _ synthesizer: any Synthesizer) {
    self.name = name ?? type(of: synthesizer).identifier
    self.synthesizer = synthesizer
  }

  public var kind: String { type(of: synthesizer).identifier }

  static func list(_ setting: Setting, registry: Registry) throws -> [GeneratorConfiguration] {
    var generators: [GeneratorConfiguration] = []
    var names: Set<String> = []
    for entry in try setting.list("generators") {
      var generator = try GeneratorConfiguration(entry, registry: registry)
      if let name = entry["name"], names.contains(generator.name) {
        throw name.failure("name: two generators are called '\(generator.name)'")
      }
      let stem = generator.name
      var number = 1
      while !names.insert(generator.name).inserted {
        number += 1
        generator.name = "\(stem)-\(number)"
      }
      generators.append(generator)
    }
    guard !generators.isEmpty else { throw setting.failure("generators: the list is empty; expected [{kind: …}]") }
    return generators
  }

  private init(_ setting: Setting, registry: Registry) throws {
    guard case .mapping(let entries) = setting.content, let kind = setting["kind"] else {
      throw setting.failure("a generator needs the key kind (\(registry.kinds.joined(separator: ", ")))")
    }
    let type = try registry.synthesizer(try kind.text("kind"), at: kind.place)
    let hyperparameters = entries.filter { $0.key != "kind" && $0.key != "name" }
    self.init(
      name: try setting["name"]?.folderName("name"),
      try Hyperparameters.decode(
        Setting(.mapping(hyperparameters), at: setting.place), as: type, encoders: registry.encoders))
    place = setting.place
  }
}
