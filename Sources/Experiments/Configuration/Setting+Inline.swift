extension Setting {
  /// On one line, for a reader.
  var inline: String {
    switch content {
    case .scalar(let text, _): text
    case .sequence(let values): "[" + values.map(\.inline).joined(separator: ", ") + "]"
    case .mapping(let entries): "{" + entries.map { "\($0.key): \($0.value.inline)" }.joined(separator: ", ") + "}"
    }
  }
}
