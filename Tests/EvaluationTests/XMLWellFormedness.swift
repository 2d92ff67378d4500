import Foundation
#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads a text as XML: what is wrong with it, and which attributes occur.
final class XMLWellFormedness: NSObject, XMLParserDelegate {
  private(set) var attributeNames: Set<String> = []
  private(set) var error: String?

  init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    if !parser.parse() { error = parser.parserError.map { "line \(parser.lineNumber): \($0)" } ?? "not XML" }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) { attributeNames.formUnion(attributes.keys) }
}
