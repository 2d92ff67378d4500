import Foundation

/// What the page's script makes a review file of: JSON that stands in attributes.
///
/// The texts are those of the table, to the last character. Everything but printable ASCII is written as `\\u` escapes, which
/// no step between here and the file changes: neither the escaping of the page, which replaces control characters, nor the
/// browser's reading of it.
struct ReviewForm {
  /// A `Review` without rows.
  let head: String

  /// Nil where it cannot be written.
  init?(_ subject: ReviewSubject, columns: [String]) {
    guard
      let head = Self.json(
        Review(tableSha256: subject.tableSHA256, trainSha256: subject.trainSHA256, columns: columns, rows: []))
    else { return nil }
    self.head = head
  }

  /// A row as an accepted one; the script puts in what the reviewer decides. No value of a real row is in it.
  static func row(_ pair: RowPair, values: [String], namesTrainRow: Bool) -> String? {
    json(
      Review.Row(
        row: pair.synthetic + 1, decision: .accepted, values: values, trainRow: namesTrainRow ? pair.train + 1 : nil,
        distance: pair.distance)
    )
  }

  private static func json(_ value: some Encodable) -> String? {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { ascii(String(decoding: $0, as: UTF8.self)) }
  }

  private static func ascii(_ json: String) -> String {
    var text = ""
    for unit in json.utf16 {
      if (0x20..<0x7F).contains(unit) {
        text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      } else {
        text += "\\u" + String(format: "%04x", Int(unit))
      }
    }
    return text
  }
}
