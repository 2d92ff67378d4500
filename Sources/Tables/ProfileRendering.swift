extension FileProfile {
  /// The profiles as an aligned text table, one line a column, warnings below.
  ///
  /// ```
  /// 32561 rows, 15 columns
  ///
  /// column     kind         distinct  missing  values             why
  /// age        integer            73      0 %  17 … 90            whole numbers, 73 distinct values
  /// workclass  categorical         8    5.6 %  Private (74 %), …  texts, 8 distinct values
  /// ```
  public func rendered() -> String {
    let header = ["column", "kind", "distinct", "missing", "values", "why"]
    let rows = columns.map(Self.cells)
    let widths = header.indices.map { index in rows.reduce(header[index].count) { max($0, $1[index].count) } }
    func line(_ cells: [String]) -> String {
      var text = ""
      for (index, cell) in cells.enumerated() {
        let padding = String(repeating: " ", count: widths[index] - cell.count)
        if index == 2 || index == 3 { text += padding + cell } else { text += cell + padding }
        if index + 1 < cells.count { text += "  " }
      }
      while text.last == " " { text.removeLast() }
      return text + "\n"
    }
    var text = "\(rowCount) row\(rowCount == 1 ? "" : "s"), \(columns.count) column\(columns.count == 1 ? "" : "s")\n\n"
    text += line(header)
    for row in rows { text += line(row) }
    let warnings = columns.flatMap { column in column.warnings.map { (column.name, $0) } }
    guard !warnings.isEmpty else { return text }
    text += "\nWarnings\n"
    for (name, warning) in warnings {
      text += "  \(Self.clipped(name, 40)): \(warning.kind.rawValue): \(warning.message)\n"
    }
    return text
  }

  private static func cells(_ column: ColumnProfile) -> [String] {
    [
      clipped(column.name, 40), column.kind.rawValue,
      (column.distinctIsEstimate ? "~" : "") + "\(column.distinctCount)",
      percent(column.missingShare), values(column), column.reason,
    ]
  }

  private static func values(_ column: ColumnProfile) -> String {
    if let low = column.minimum, let high = column.maximum {
      return "\(number(low, column.schema)) … \(number(high, column.schema))"
    }
    guard !column.mostFrequent.isEmpty else { return "–" }
    let isRepeated =
      column.mostFrequent[0].share * Double(max(1, column.distinctCount)) > 1.05 || column.distinctCount < 4
    let shown = column.mostFrequent.prefix(isRepeated ? 2 : 1).map { level in
      isRepeated ? "\(clipped(level.value, 20)) (\(percent(level.share)))" : clipped(level.value, 20)
    }
    return shown.joined(separator: ", ") + (column.distinctCount > shown.count ? ", …" : "")
  }

  private static func number(_ value: Double, _ schema: ColumnSchema) -> String {
    if let format = schema.datetimeFormat.flatMap(DatetimeFormat.init), let seconds = Int64(exactly: value) {
      return format.text(of: seconds)
    }
    let buffer = ByteBuffer(capacity: 32)
    DecimalFormat(maximumDigits: schema.fractionDigits ?? 0, minimumDigits: schema.minimumFractionDigits ?? 0)
      .append(value, to: buffer)
    return buffer.count > 24 ? "\(value)" : String(decoding: buffer.array, as: UTF8.self)
  }

  private static func clipped(_ text: String, _ limit: Int) -> String {
    let shown = String(TextValidation.shown(text).dropFirst().dropLast())
    return shown.count > limit ? "\(shown.prefix(limit - 1))…" : shown
  }
}

/// 0...1 as a percentage with at most one digit after the point; what is not 0 is not shown as 0.
func percent(_ share: Double) -> String {
  if share > 0, share < 0.0005 { return "<0.1 %" }
  let tenths = Int((share * 1000).rounded())
  return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
}
