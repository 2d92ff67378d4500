import MynahEvaluation
import MynahTables

extension Registry {
  /// The metrics that `evaluation:` names: a list of names, of families (`fidelity`, `detection`, `utility`, `privacy`), of
  /// `all`, and of mappings with the key `kind` and a metric's parameters; or one of them alone. What is said later of a metric
  /// takes the place of what was said before.
  func metrics(_ setting: Setting) throws -> [any Metric] {
    let entries: [Setting] = if case .sequence(let values) = setting.content { values } else { [setting] }
    guard !entries.isEmpty else { throw setting.failure("evaluation: the list is empty; expected [shape, trend]") }
    var chosen: [any Metric] = []
    for entry in entries {
      for metric in try metrics(entry: entry) {
        let name = type(of: metric).identifier
        if let place = chosen.firstIndex(where: { type(of: $0).identifier == name }) {
          chosen[place] = metric
        } else {
          chosen.append(metric)
        }
      }
    }
    return chosen
  }

  private func metrics(entry: Setting) throws -> [any Metric] {
    guard case .mapping(let entries) = entry.content else {
      let name = try entry.text("evaluation")
      if let several = metrics(ofGroup: name) { return several }
      return [try metric(name, at: entry.place)]
    }
    guard let kind = entry["kind"] else {
      throw entry.failure("a metric with parameters needs the key kind, as in {kind: fairness, sensitive: sex}")
    }
    let parameters = Setting(.mapping(entries.filter { $0.key != "kind" }), at: entry.place)
    return [try metric(try kind.text("kind"), parameters: parameters, at: kind.place)]
  }

  /// The metrics of a family, or all; nil for what is neither. A metric of that name has precedence.
  func metrics(ofGroup name: String) -> [any Metric]? {
    guard !metrics.contains(name) else { return nil }
    let all = metrics.compactMap { try? metric($0) }
    if name == "all" { return all }
    guard let family = MetricFamily(rawValue: name) else { return nil }
    return all.filter { type(of: $0).family == family }
  }

  /// A metric with parameters over its defaults.
  ///
  /// - Throws: `ExperimentError` for an unknown metric or parameter, a wrong type or an impossible value.
  func metric(_ name: String, parameters: Setting, at place: Place?) throws -> any Metric {
    func open<M: Metric>(_ metric: M) throws -> any Metric {
      // A type without properties decodes whatever there is.
      if case .mapping(let given) = parameters.content, let first = given.first,
        Mirror(reflecting: metric).children.isEmpty
      {
        throw ExperimentError(
          "metric '\(M.identifier)' has no parameters, '\(first.key)' neither", at: first.value.place ?? place)
      }
      return try Hyperparameters.decode(
        parameters, over: metric, owner: "metric '\(M.identifier)'", encoders: encoders
      ) { try $0.validate() }
    }
    return try open(try metric(name, at: place))
  }

  /// The metrics of a command line.
  ///
  /// - Parameters:
  ///   - names: metrics, families, or `all`.
  ///   - settings: `METRIC.PARAMETER=VALUE` each.
  /// - Throws: `ExperimentError` for what is not there, and for a parameter of a metric that is not among them.
  public func metrics(_ names: [String], settings: [SettingOverride]) throws -> [any Metric] {
    var chosen = try metrics(Setting(.sequence(names.map { .string($0) })))
    for (name, changes) in Dictionary(grouping: settings, by: { $0.path[0] }).sorted(by: { $0.key < $1.key }) {
      let place = changes[0].place
      guard changes.allSatisfy({ $0.path.count > 1 }) else {
        throw ExperimentError("expected METRIC.PARAMETER=VALUE, as in fairness.sensitive=sex", at: place)
      }
      let known = try metric(name, at: place)
      guard let index = chosen.firstIndex(where: { type(of: $0) == type(of: known) }) else {
        throw ExperimentError("'\(name)' is not among the metrics that are computed", at: place)
      }
      var given = Setting(.mapping([]))
      for change in changes { given = try given.setting(change.path.dropFirst(), to: change.value) }
      chosen[index] = try metric(name, parameters: given, at: place)
    }
    return chosen
  }
}

extension SettingOverride {
  /// Where it was given.
  var place: Place? { value.place }
}

extension Setting {
  /// A metric as `evaluation:` names it, with every parameter.
  init(metric: any Metric) throws {
    let name = type(of: metric).identifier
    let parameters = try Hyperparameters.setting(of: metric)
    guard case .mapping(let entries) = parameters.content, !entries.isEmpty else {
      self = .string(name)
      return
    }
    self = Setting([("kind", .string(name))]).merging(parameters)
  }
}

extension [any Metric] {
  /// Finds mistyped columns before anything is computed.
  ///
  /// - Throws: `ExperimentError` that names the nearest column.
  public func checkColumns(of schema: [String], at place: @autoclosure () -> Place?) throws(ExperimentError) {
    for metric in self {
      guard let naming = metric as? any ColumnNamingMetric else { continue }
      for name in naming.namedColumns where !schema.contains(name) {
        let hint = nearest(to: name, among: schema).map { "; did you mean '\($0)'?" } ?? ""
        throw ExperimentError("\(type(of: metric).identifier): there is no column '\(name)'\(hint)", at: place())
      }
    }
  }
}
