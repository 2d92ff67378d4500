/// A `key=value` of the command line that takes the place of a key in a file.
public struct SettingOverride: Sendable, Equatable {
  /// Dotted: `sample.rows`, `generators.0.epochs`, or a bare hyperparameter of every generator: `epochs`.
  public var path: [String]
  let value: Setting

  /// Reads `key=value`; the value is YAML: `300`, `[256, 256]`, `'text'`.
  ///
  /// - Throws: `ExperimentError` where there is no `=`, no key, or the value is not YAML.
  public init(_ text: String) throws(ExperimentError) {
    let place = Place("--set \(text)")
    guard let split = text.firstIndex(of: "="), split > text.startIndex else {
      throw ExperimentError("expected key=value, as in epochs=300", at: place)
    }
    path = text[..<split].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard !path.contains("") else { throw ExperimentError("a part of the key is empty", at: place) }
    let value = String(text[text.index(after: split)...])
    do {
      self.value = (value.isEmpty ? .text("") : try Setting(yaml: value, file: "")).replacingPlaces(with: place)
    } catch {
      throw ExperimentError(error.message, at: place)
    }
  }

  /// An option of its own that sets a hyperparameter.
  ///
  /// - Parameter option: What errors call it, for example "--neighbours 5".
  package init(_ key: String, _ value: Int, option: String) {
    path = [key]
    self.value = Setting.text(value).replacingPlaces(with: Place(option))
  }
}

extension Setting {
  /// The configuration with `change` made. A path that does not begin with one of `topLevel` is a hyperparameter of
  /// every generator and method of balancing that has it; of all of them, where none has, so that the mistake is named.
  func applying(
    _ change: SettingOverride, topLevel: [String], registry: Registry
  ) throws(ExperimentError) -> Setting {
    let (path, value) = (change.path[...], change.value)
    if let first = path.first, topLevel.contains(first) { return try setting(path, to: value) }
    let generators = try self["generators"]?.list("generators") ?? []
    let methods = try self["balance"]?["methods"]?.list("methods").map(\.asMethod) ?? []
    func knows(_ names: @escaping (String) -> Set<String>) -> (Setting) -> Bool {
      { names((try? $0["kind"]?.text("kind")) ?? "").contains(path.first ?? "") }
    }
    let knowing =
      generators.map(knows { Hyperparameters.names(of: $0, registry) })
      + methods.map(knows { (try? registry.balancingMethod($0))?.hyperparameterNames ?? [] })
    var changed: [Setting] = []
    for (owner, knows) in zip(generators + methods, knowing) {
      let applies = knows || !knowing.contains(true)
      changed.append(applies ? try owner.setting(path, to: value) : owner)
    }
    var copy = self
    for (list, owners) in [
      (["generators"], changed.prefix(generators.count)), (["balance", "methods"], changed.suffix(methods.count)),
    ] where !owners.isEmpty {
      let place = list.reduce(self as Setting?) { $0?[$1] }?.place
      copy = try copy.setting(list[...], to: Setting(.sequence(Array(owners)), at: place))
    }
    return copy
  }

  func setting(_ path: ArraySlice<String>, to value: Setting) throws(ExperimentError) -> Setting {
    guard let first = path.first else { return value }
    let rest = path.dropFirst()
    var copy = self
    switch content {
    case .sequence(var values):
      guard let index = Int(first), values.indices.contains(index) else {
        throw ExperimentError(
          "'\(first)' is no place in the list; 0 to \(values.count - 1) are", at: value.place)
      }
      values[index] = try values[index].setting(rest, to: value)
      copy.content = .sequence(values)
    case .mapping(var entries):
      if let index = entries.firstIndex(where: { $0.key == first }) {
        entries[index].value = try entries[index].value.setting(rest, to: value)
      } else {
        let empty = Setting(.mapping([]), at: value.place)
        entries.append(Entry(key: first, place: value.place, value: try empty.setting(rest, to: value)))
      }
      copy.content = .mapping(entries)
    case .scalar:
      // `dataset: file.csv` has no keys of its own; what is set turns it into a mapping, which is then checked.
      copy = try Setting(.mapping([]), at: value.place).setting(path, to: value)
    }
    return copy
  }

  /// The keys of `self` with those of `other` put over them, mappings key by key.
  func merging(_ other: Setting) -> Setting {
    guard case .mapping(var entries) = content, case .mapping(let given) = other.content else { return other }
    for entry in given {
      if let index = entries.firstIndex(where: { $0.key == entry.key }) {
        let merged = entries[index].value.merging(entry.value)
        entries[index] = Entry(key: entry.key, place: entry.place, value: merged)
      } else {
        entries.append(entry)
      }
    }
    return Setting(.mapping(entries), at: other.place)
  }

  func replacingPlaces(with place: Place?) -> Setting {
    switch content {
    case .scalar: return Setting(content, at: place)
    case .sequence(let values): return Setting(.sequence(values.map { $0.replacingPlaces(with: place) }), at: place)
    case .mapping(let entries):
      let moved = entries.map { Entry(key: $0.key, place: place, value: $0.value.replacingPlaces(with: place)) }
      return Setting(.mapping(moved), at: place)
    }
  }
}
