import MynahTables

/// What breaks a gate, as a CSV file that people open in a spreadsheet: the synthetic rows a metric objects to, or the figures
/// behind its score.
///
/// Texts that a spreadsheet would take for a formula (they begin with `=`, `+`, `-`, `@`, a tab or a carriage return) get an
/// apostrophe before them; numbers stay as they are.
public struct FindingsTable: Sendable, Equatable {
  private let head: [String]
  private let rows: [[String]]

  /// Rows count from 1, without the header, in either table. No value of a real row is in the file.
  init(_ findings: [RowFinding], in synthetic: Table) {
    head =
      ["finding_row", "finding_reason", "finding_distance", "finding_train_row"]
      + synthetic.schema.columns.map { Self.harmless($0.name) }
    let isText = synthetic.columns.map(\.isDiscrete)
    rows = zip(findings, synthetic.texts(ofRows: findings.map(\.row))).map { finding, values in
      [
        String(finding.row + 1), finding.reason, finding.distance.map(Figures.significant) ?? "",
        finding.trainRow.map { String($0 + 1) } ?? "",
      ] + zip(values, isText).map { $1 ? Self.harmless($0) : $0 }
    }
  }

  /// The details of a score, by name; nil where there are none.
  init?(figuresOf score: MetricScore?) {
    guard let details = score?.details, !details.isEmpty else { return nil }
    head = ["figure", "value"]
    // Figures by column or pair are scores of their own: the worst stand first.
    let sign: Double = score?.goal == .minimize ? -1 : 1
    let sorted = details.sorted { (sign * $0.value, $0.key) < (sign * $1.value, $1.key) }
    rows = sorted.map { [Self.harmless($0.key), Figures.significant($0.value)] }
  }

  /// The file's bytes.
  public var csv: [UInt8] {
    ([head] + rows).flatMap { row in
      Array(row.map(Self.quoted).joined(separator: ",").utf8) + [UInt8(ascii: "\n")]
    }
  }

  private static func quoted(_ text: String) -> String {
    let needsQuotes = text.unicodeScalars.contains { ",\"\n\r\t".unicodeScalars.contains($0) }
    return needsQuotes || text.first == " " || text.last == " " ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }

  private static func harmless(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else { return text }
    return "'" + text
  }
}
