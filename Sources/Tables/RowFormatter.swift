/// Turns rows of a table into text. Columns are formatted one after another and then woven into rows.
struct RowFormatter: @unchecked Sendable {
  private enum Form {
    case decimals([Double], DecimalFormat, range: ClosedRange<Double>?)
    case integers([Int64], range: ClosedRange<Int64>?)
    case timestamps([Int64], DatetimeFormat, range: ClosedRange<Int64>?)
    case levels([Int32], texts: [[UInt8]])
  }

  private let forms: [Form]
  private let validities: [Validity?]
  private let markers: [[UInt8]]
  private let delimiter: UInt8

  init(_ table: Table, schema: Schema, delimiter: UInt8) {
    self.delimiter = delimiter
    validities = table.columns.map(\.validity)
    // A blank line would be skipped by readers.
    let isOnly = table.columns.count == 1
    func text(_ string: String) -> [UInt8] {
      isOnly && string.isEmpty ? Array("\"\"".utf8) : Self.quoted(string, delimiter: delimiter)
    }
    markers = schema.columns.map { text($0.missingMarker) }
    forms = zip(table.columns, schema.columns).map { column, schema in
      switch column {
      case .continuous(let values, _):
        let format = DecimalFormat(
          maximumDigits: schema.fractionDigits, minimumDigits: schema.minimumFractionDigits ?? 0)
        return .decimals(values, format, range: Self.range(schema))
      case .integer(let values, _):
        return .integers(values, range: schema.kind == .identifier ? nil : Self.wholeRange(schema))
      case .timestamp(let values, _):
        let format = schema.datetimeFormat.flatMap(DatetimeFormat.init) ?? Self.isoFormat
        return .timestamps(values, format, range: Self.wholeRange(schema))
      case .categorical(let codes, let levels, _):
        return .levels(codes, texts: levels.map(text))
      }
    }
  }

  private static let isoFormat = DatetimeFormat("%Y-%m-%d %H:%M:%S")!

  private static func range(_ schema: ColumnSchema) -> ClosedRange<Double>? {
    guard let low = schema.minimum, let high = schema.maximum, low <= high else { return nil }
    return low...high
  }

  private static func wholeRange(_ schema: ColumnSchema) -> ClosedRange<Int64>? {
    guard let range = range(schema) else { return nil }
    // From 2⁵³ on a double stands for several whole numbers: the range is widened to hold them all.
    func whole(_ value: Double, outward: Double, _ fallback: Int64) -> Int64 {
      Int64(exactly: abs(value) < 0x1p53 ? value.rounded() : outward) ?? fallback
    }
    let low = whole(range.lowerBound, outward: range.lowerBound.nextDown, .min)
    return low...max(low, whole(range.upperBound, outward: range.upperBound.nextUp, .max))
  }

  /// The text of a field, in quotes if it holds the delimiter, a quote or a line end, or begins or ends with a blank.
  static func quoted(_ text: String, delimiter: UInt8) -> [UInt8] {
    let bytes = Array(text.utf8)
    let blanks: [UInt8?] = [0x20, 0x09]
    guard
      bytes.contains(where: { $0 == delimiter || $0 == UInt8(ascii: "\"") || $0 == 0x0a || $0 == 0x0d })
        || blanks.contains(bytes.first) || blanks.contains(bytes.last)
    else { return bytes }
    let quote = UInt8(ascii: "\"")
    return [quote] + bytes.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }

  /// The lines of a range of rows.
  func rows(_ rows: Range<Int>) -> ByteBuffer {
    var cells: [(buffer: ByteBuffer, ends: [Int])] = []
    cells.reserveCapacity(forms.count)
    for index in forms.indices { cells.append(column(index, rows)) }
    let total = cells.reduce(0) { $0 + $1.buffer.count + rows.count }
    let lines = ByteBuffer(capacity: total)
    var starts = Array(repeating: 0, count: cells.count)
    for row in 0..<rows.count {
      for column in cells.indices {
        let end = cells[column].ends[row]
        lines.append(cells[column].buffer, from: starts[column], to: end)
        starts[column] = end
        lines.append(column + 1 == cells.count ? 0x0a : delimiter)
      }
    }
    return lines
  }

  private func column(_ index: Int, _ rows: Range<Int>) -> (buffer: ByteBuffer, ends: [Int]) {
    let buffer = ByteBuffer(capacity: rows.count * 8)
    let (validity, marker) = (validities[index], markers[index])
    var ends: [Int] = []
    ends.reserveCapacity(rows.count)
    func write(_ body: (Int) -> Bool) {
      for row in rows {
        if !(validity?[row] ?? true) || !body(row) { buffer.append(marker) }
        ends.append(buffer.count)
      }
    }
    switch forms[index] {
    case .decimals(let values, let format, let range):
      write { row in
        var value = values[row]
        guard value.isFinite else { return false }
        if let range { value = min(max(value, range.lowerBound), range.upperBound) }
        format.append(value, to: buffer)
        return true
      }
    case .integers(let values, let range):
      write { row in
        var value = values[row]
        if let range { value = min(max(value, range.lowerBound), range.upperBound) }
        buffer.append(value)
        return true
      }
    case .timestamps(let values, let format, let range):
      var text: [UInt8] = []
      write { row in
        var value = values[row]
        if let range { value = min(max(value, range.lowerBound), range.upperBound) }
        text.removeAll(keepingCapacity: true)
        format.append(value, to: &text)
        buffer.append(text)
        return true
      }
    case .levels(let codes, let texts):
      write { row in
        let code = Int(codes[row])
        guard texts.indices.contains(code) else { return false }
        buffer.append(texts[code])
        return true
      }
    }
    return (buffer, ends)
  }
}
