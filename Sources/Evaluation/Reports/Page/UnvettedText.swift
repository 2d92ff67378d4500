import Mustache

/// Escapes text for HTML, inside elements and quoted attributes.
///
/// Works on Unicode scalars: the template engine's own escaping looks at whole characters and so lets a quote with a
/// combining accent through, which ends an attribute all the same. Control characters become their pictures.
struct UnvettedText: MustacheContentType {
  static let name = "MYNAH-HTML"

  func escapeText(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
      case "\u{0}"..<" ": escaped.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case "\u{7F}"..<"\u{A0}": escaped.append("\u{FFFD}")
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
