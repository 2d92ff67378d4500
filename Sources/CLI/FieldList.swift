import ArgumentParser

/// A list with commas, as a line of a CSV file: an entry that holds a comma or a quote stands in quotes, and a quote
/// inside them is doubled.
struct FieldList: ExpressibleByArgument, Equatable {
  var fields: [String]

  init?(argument: String) {
    guard let parts = Self.parts(of: argument, at: ","), !parts.contains(where: { $0.isEmpty }) else { return nil }
    var fields: [String] = []
    for part in parts {
      guard let field = Self.unquoted(part) else { return nil }
      fields.append(field)
    }
    self.fields = fields
  }

  /// Cuts a text where `separator` stands outside quotes; nil where a quote is not closed.
  static func parts(of text: String, at separator: Character) -> [String]? {
    var parts = [""]
    var isQuoted = false
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if character == separator, !isQuoted { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return isQuoted ? nil : parts
  }

  /// The text of a field; nil where quotes stand elsewhere than around it.
  static func unquoted(_ field: String) -> String? {
    guard field.contains("\"") else { return field }
    guard field.count >= 2, field.first == "\"", field.last == "\"" else { return nil }
    let inner = field.dropFirst().dropLast()
    let text = inner.replacing("\"\"", with: "")
    return text.contains("\"") ? nil : String(inner.replacing("\"\"", with: "\""))
  }
}

/// `--counts A=N,B=M`: rows by class, after the last equals sign of an entry. A class whose name holds a comma or a quote
/// stands in quotes: `'"a,b"=5'`.
struct CountList: ExpressibleByArgument, Equatable {
  var counts: [String: Int]

  init?(argument: String) {
    guard let entries = FieldList.parts(of: argument, at: ",") else { return nil }
    var counts: [String: Int] = [:]
    for entry in entries {
      guard let sign = entry.lastIndex(of: "="), sign > entry.startIndex,
        let name = FieldList.unquoted(String(entry[..<sign])),
        let count = Int(entry[entry.index(after: sign)...]), count >= 0,
        counts.updateValue(count, forKey: name) == nil
      else { return nil }
    }
    self.counts = counts
  }
}
