/// A value of a configuration and where it stands, so that whoever finds it wrong can say so.
struct Setting: Sendable, Equatable {
  indirect enum Content: Sendable, Equatable {
    /// Text as it stands there. Quoted text is never a number, a truth value or null.
    case scalar(String, isQuoted: Bool)
    case sequence([Setting])
    case mapping([Entry])
  }

  struct Entry: Sendable, Equatable {
    var key: String
    var place: Place?
    var value: Setting
  }

  var content: Content
  var place: Place?

  init(_ content: Content, at place: Place? = nil) {
    self.content = content
    self.place = place
  }

  static func text(_ text: some CustomStringConvertible) -> Setting {
    Setting(.scalar(text.description, isQuoted: false))
  }

  var isNull: Bool {
    if case .scalar(let text, isQuoted: false) = content { return ["", "~", "null", "Null", "NULL"].contains(text) }
    return false
  }

  /// The value at `key`; nil for what is not a mapping, and for null, which stands for "not given".
  subscript(key: String) -> Setting? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key && !$0.value.isNull }?.value
  }

  /// For messages: the text of a scalar, else what kind of value it is.
  var shown: String {
    switch content {
    case .scalar where isNull: "nothing"
    case .scalar(let text, _): text.count > 80 ? "'\(text.prefix(80))…'" : "'\(text)'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  func failure(_ message: String) -> ExperimentError { ExperimentError(message, at: place) }
}
