import Yams

extension ExperimentConfiguration {
  /// The configuration with every default in its place, as YAML. Reading it gives the same configuration.
  public func yaml() throws -> String {
    var entries: [(String, Setting)] = [("name", .string(name)), ("seed", .text(seed)), ("dataset", dataset.setting)]
    if !generators.isEmpty {
      entries.append(("generators", Setting(.sequence(try generators.map { try $0.setting() }))))
      entries.append(("sample", sample.setting))
      entries.append(("evaluation", Setting(.sequence(try metrics.map { try Setting(metric: $0) }))))
    }
    if let balance { entries.append(("balance", try balance.setting())) }
    entries += release.entries
    if let output { entries.append(("output", .string(output))) }
    if let threads { entries.append(("threads", .text(threads))) }
    return try serialize(node: Setting(entries).node)
  }
}

extension DatasetConfiguration {
  fileprivate var setting: Setting {
    var entries: [(String, Setting)] = [("path", .string(path))]
    switch holdout {
    case .file(let path): entries.append(("holdout", .string(path)))
    case .fraction(let share): entries.append(("holdout", Setting([("fraction", .text(share))])))
    case nil: break
    }
    if let target { entries.append(("target", .string(target))) }
    if !missing.isEmpty { entries.append(("missing", .strings(missing))) }
    if let delimiter { entries.append(("delimiter", .string(delimiter == "\t" ? "tab" : String(delimiter)))) }
    if !columns.isEmpty { entries.append(("columns", Setting(columns.map { ($0.name, $0.setting) }))) }
    if !drop.isEmpty { entries.append(("drop", .strings(drop))) }
    return Setting(entries)
  }
}

extension ColumnSetting {
  fileprivate var setting: Setting {
    var entries: [(String, Setting)] = []
    if let kind = override.kind { entries.append(("kind", .string(kind.rawValue))) }
    if let missing = override.missing { entries.append(("missing", .strings(missing))) }
    if let format = override.datetimeFormat { entries.append(("datetime_format", .string(format))) }
    if let digits = override.fractionDigits { entries.append(("fraction_digits", .text(digits))) }
    return Setting(entries)
  }
}

extension GeneratorConfiguration {
  fileprivate func setting() throws -> Setting {
    let named = Setting([("kind", .string(kind)), ("name", .string(name))])
    return named.merging(try Hyperparameters.setting(of: synthesizer))
  }
}

extension SampleConfiguration {
  fileprivate var setting: Setting {
    var entries: [(String, Setting)] = []
    if let rows { entries.append(("rows", .text(rows))) }
    if !conditions.isEmpty { entries.append(("where", Setting(conditions.map { ($0.column, .string($0.value)) }))) }
    return Setting(entries)
  }
}

extension Setting {
  init(_ entries: [(String, Setting)]) {
    self.init(.mapping(entries.map { Entry(key: $0.0, place: nil, value: $0.1) }))
  }

  /// Text, quoted unless every reader of YAML takes it for text anyway.
  static func string(_ text: String) -> Setting {
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"]
    let isPlain =
      text.first.map { $0.isLetter && $0.isASCII } ?? false
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./".contains($0)) }
      && !words.contains(text.lowercased())
    return Setting(.scalar(text, isQuoted: !isPlain))
  }

  static func strings(_ texts: [String]) -> Setting { Setting(.sequence(texts.map { .string($0) })) }

  private var isScalar: Bool { if case .scalar = content { true } else { false } }

  fileprivate var node: Node {
    switch content {
    case .scalar(let text, let isQuoted): Node(text, .implicit, isQuoted ? .doubleQuoted : .plain)
    case .sequence(let values):
      Node(values.map(\.node), .implicit, values.allSatisfy(\.isScalar) ? .flow : .block)
    case .mapping(let entries): Node(entries.map { (Setting.string($0.key).node, $0.value.node) })
    }
  }
}
