/// A method of an experiment's `balance` section, and the name of its results.
public struct BalanceMethodConfiguration: Sendable {
  /// Names its row in the trial and its sub-folder. The kind unless given; a second one of a kind gets a number.
  public var name: String
  public var method: BalancingMethod
  /// What the file says of it, for errors.
  let given: Setting

  public init(name: String? = nil, _ method: BalancingMethod) {
    self.init(name: name, method, given: Setting(.mapping([])))
  }

  private init(name: String?, _ method: BalancingMethod, given: Setting) {
    self.name = name ?? method.kind
    self.method = method
    self.given = given
  }

  static func list(_ setting: Setting, registry: Registry) throws -> [BalanceMethodConfiguration] {
    var methods: [BalanceMethodConfiguration] = []
    var names: Set<String> = []
    for entry in try setting.list("methods") {
      let entry = entry.asMethod
      var method = try BalanceMethodConfiguration(entry, registry: registry)
      if let name = entry["name"] {
        if names.contains(method.name) { throw name.failure("name: two methods are called '\(method.name)'") }
        if reservedNames.contains(method.name) {
          throw name.failure("name: '\(method.name)' is what a table that is not resampled is called in the trial")
        }
      }
      let stem = method.name
      var number = 1
      while !names.insert(method.name).inserted {
        number += 1
        method.name = "\(stem)-\(number)"
      }
      methods.append(method)
    }
    guard !methods.isEmpty else { throw setting.failure("methods: the list is empty; expected [smote, …]") }
    return methods
  }

  private static let reservedNames = ["imbalanced", "class-weights"]

  private init(_ setting: Setting, registry: Registry) throws {
    guard case .mapping(let entries) = setting.content, let kind = setting["kind"] else {
      throw setting.failure("a method is a word such as smote, or a mapping with the key kind, as in {kind: ctgan}")
    }
    let hyperparameters = Setting(
      .mapping(entries.filter { $0.key != "kind" && $0.key != "name" }), at: setting.place)
    self.init(
      name: try setting["name"]?.folderName("name"),
      try registry.balancingMethod(try kind.text("kind"), at: kind.place, given: hyperparameters),
      given: hyperparameters)
  }

  func setting() throws -> Setting {
    let named = Setting([("kind", .string(method.kind)), ("name", .string(name))])
    return named.merging(try method.setting())
  }
}

extension Setting {
  /// A word alone is the method of that kind.
  var asMethod: Setting {
    if case .scalar = content, !isNull {
      return Setting(.mapping([Entry(key: "kind", place: place, value: self)]), at: place)
    }
    return self
  }
}
