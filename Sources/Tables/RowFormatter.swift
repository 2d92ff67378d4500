/// Turns rows of a table into text. Columns are formatted one after another and then woven into rows.
struct RowFormatter: @unchecked Sendable {
  private enum Form {
    case decimals([Double], DecimalFormat, range: ClosedRange<Double>?)
    case integers([Int64], range: ClosedRange<Int64>?)
    case timestamps([Int64], DatetimeFormat, range: ClosedRange<Int64>?)
    case levels([Int32], LevelTexts)
    case texts(@Sendable (Int) -> String)
  }

  private let forms: [Form]
  private let validities: [Validity?]
  private let markers: [[UInt8]]
  private let delimiter: UInt8

  /// - Parameters:
  ///   - extra: a column that follows those of the table.
  ///   - firstRow: what `extra` calls the table's first row.
  init(_ table: Table, schema: Schema, delimiter: UInt8, extra: TextColumn? = nil, firstRow: Int = 0) {
    self.delimiter = delimiter
    validities = table.columns.map(\.validity) + (extra == nil ? [] : [nil])
    // A blank line would be skipped by readers.
    let isOnly = table.columns.count == 1 && extra == nil
    func text(_ string: String) -> [UInt8] {
      isOnly && string.isEmpty ? Array("\"\"".utf8) : Self.quoted(string, delimiter: delimiter)
    }
    markers = schema.columns.map { text($0.missingMarker) } + (extra == nil ? [] : [[]])
    let own = zip(table.columns, schema.columns).map { column, schema -> Form in
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
        return .levels(codes, LevelTexts(levels.map(text), marker: text(schema.missingMarker)))
      }
    }
    forms = own + (extra.map { extra in [.texts { extra.text(firstRow + $0) }] } ?? [])
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
    let cells = UnsafeMutablePointer<Cell>.allocate(capacity: max(1, forms.count * rows.count))
    let sources = UnsafeMutablePointer<UnsafePointer<UInt8>>.allocate(capacity: max(1, forms.count))
    defer {
      cells.deallocate()
      sources.deallocate()
    }
    let buffers = forms.indices.map { column($0, rows, into: cells + $0 * rows.count) }
    for (index, buffer) in buffers.enumerated() { sources[index] = buffer.start }
    var total = forms.count * rows.count
    for index in 0..<forms.count * rows.count { total += cells[index].length }
    let lines = ByteBuffer(capacity: total)
    let (columns, delimiter) = (forms.count, delimiter)
    withExtendedLifetime(buffers) {
      lines.write(total) { place in
        for row in 0..<rows.count {
          for column in 0..<columns {
            let cell = cells[column * rows.count + row]
            ByteBuffer.copyBlocks(from: sources[column] + cell.start, cell.length, to: place)
            place += cell.length
            place.pointee = column + 1 == columns ? 0x0a : delimiter
            place += 1
          }
        }
      }
    }
    return lines
  }

  /// Formats a column's `rows`; the cells say where in the buffer returned each one's text lies.
  private func column(_ index: Int, _ rows: Range<Int>, into cells: UnsafeMutablePointer<Cell>) -> ByteBuffer {
    let (validity, marker) = (validities[index], markers[index])
    if case .levels(let codes, let texts) = forms[index] {
      texts.find(codes, validity, rows, into: cells)
      return texts.bytes
    }
    let buffer = ByteBuffer(capacity: rows.count * 8)
    /// `body` is false, and writes nothing, for what is no value. A table's columns are as long as the table.
    @inline(__always) func write<Value>(_ values: [Value], _ body: (Value) -> Bool) {
      values.withUnsafeBufferPointer { values in
        var start = 0
        for row in rows {
          if !(validity?[row] ?? true) || !body(values[row]) { buffer.append(marker) }
          cells[row - rows.lowerBound] = Cell(start: start, length: buffer.count - start)
          start = buffer.count
        }
      }
    }
    switch forms[index] {
    case .decimals(let values, let format, let range):
      let range = range ?? -Double.greatestFiniteMagnitude ... .greatestFiniteMagnitude
      write(values) { value in
        guard value.isFinite else { return false }
        format.append(min(max(value, range.lowerBound), range.upperBound), to: buffer)
        return true
      }
    case .integers(let values, let range):
      let range = range ?? .min ... .max
      write(values) { value in
        buffer.append(min(max(value, range.lowerBound), range.upperBound))
        return true
      }
    case .timestamps(let values, let format, let range):
      let range = range ?? .min ... .max
      var text: [UInt8] = []
      write(values) { value in
        text.removeAll(keepingCapacity: true)
        format.append(min(max(value, range.lowerBound), range.upperBound), to: &text)
        buffer.append(text)
        return true
      }
    case .texts(let text):
      var start = 0
      for (place, row) in rows.enumerated() {
        buffer.append(Self.quoted(text(row), delimiter: delimiter))
        cells[place] = Cell(start: start, length: buffer.count - start)
        start = buffer.count
      }
    case .levels: break
    }
    return buffer
  }
}
