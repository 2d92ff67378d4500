import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads a text as XML: what is wrong with it, and which attributes occur.
final class XMLWellFormedness: NSObject, XMLParserDelegate {
  private(set) var attributeNames: Set<String> = []
  private(set) var error: String?
  private var open: [String] = []

  init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    // On Linux `parse()` says true to some texts it finds errors in, and to elements that are never closed.
    let isParsed = parser.parse()
    if let found = parser.parserError {
      error = "line \(parser.lineNumber): \(found)"
    } else if !isParsed || !open.isEmpty {
      error = "not closed: \(open)"
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    open.append(name)
    attributeNames.formUnion(attributes.keys)
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    if open.last == name { open.removeLast() } else { error = "'\(name)' closes '\(open.last ?? "nothing")'" }
  }
}
