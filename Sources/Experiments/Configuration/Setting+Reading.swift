import MynahTables

extension Setting {
  /// The keys of a mapping, all of them among `known`.
  ///
  /// - Throws: `ExperimentError` for what is not a mapping and for an unknown key, with the nearest known one.
  func requireKeys(_ known: [String], in what: String) throws(ExperimentError) {
    guard case .mapping(let entries) = content else {
      throw failure("\(what) has to be a mapping of keys (\(known.joined(separator: ", "))), got \(shown)")
    }
    for entry in entries where !known.contains(entry.key) {
      throw Setting.unknownKey(entry, known: known, in: what)
    }
  }

  static func unknownKey(_ entry: Entry, known: [String], in what: String) -> ExperimentError {
    let hint = nearest(to: entry.key, among: known).map { "did you mean '\($0)'?" }
    return ExperimentError(
      "unknown key '\(entry.key)' in \(what); \(hint ?? "the keys are \(known.joined(separator: ", "))")",
      at: entry.place)
  }

  func text(_ name: String) throws(ExperimentError) -> String {
    guard case .scalar(let text, _) = content, !isNull else { throw failure("\(name): must be text, got \(shown)") }
    return text
  }

  /// A whole number; `1_000` and `1e3` count as such, `"10"` in quotes does not.
  func wholeNumber<T: FixedWidthInteger>(_ name: String, atLeast least: T = .min) throws(ExperimentError) -> T {
    let kind = least == 1 ? "a positive whole number" : "a whole number"
    guard case .scalar(let text, isQuoted: false) = content, let value = Setting.wholeNumber(text, as: T.self) else {
      throw failure("\(name): must be \(kind), got \(shown)")
    }
    guard value >= least else { throw failure("\(name): must be at least \(least), got \(value)") }
    return value
  }

  func number(_ name: String) throws(ExperimentError) -> Double {
    guard case .scalar(let text, isQuoted: false) = content,
      let value = Double(text.filter { $0 != "_" }), value.isFinite
    else { throw failure("\(name): must be a number, got \(shown)") }
    return value
  }

  func truth(_ name: String) throws(ExperimentError) -> Bool {
    if case .scalar(let text, isQuoted: false) = content {
      switch text.lowercased() {
      case "true", "yes", "on": return true
      case "false", "no", "off": return false
      default: break
      }
    }
    throw failure("\(name): must be true or false, got \(shown)")
  }

  /// One text or a list of them. Empty text is allowed: `missing: [""]`.
  func texts(_ name: String) throws(ExperimentError) -> [String] {
    guard case .sequence(let values) = content else { return [try text(name)] }
    var texts: [String] = []
    for value in values {
      guard case .scalar(let text, _) = value.content else {
        throw value.failure("\(name): must be text, got \(value.shown)")
      }
      texts.append(text)
    }
    return texts
  }

  func list(_ name: String) throws(ExperimentError) -> [Setting] {
    guard case .sequence(let values) = content else { throw failure("\(name): must be a list, got \(shown)") }
    return values
  }

  func entries(_ name: String) throws(ExperimentError) -> [Entry] {
    guard case .mapping(let entries) = content else {
      throw failure("\(name): must be a mapping of keys to values, got \(shown)")
    }
    return entries
  }

  private static func wholeNumber<T: FixedWidthInteger>(_ text: String, as type: T.Type) -> T? {
    let digits = text.filter { $0 != "_" }
    if let value = T(digits) { return value }
    // Beyond 2^53 a Double no longer holds every whole number.
    guard let real = Double(digits), abs(real) <= 9_007_199_254_740_992 else { return nil }
    return T(exactly: real)
  }
}
