/// How a file separates fields, and its header.
struct CSVDialect {
  var delimiter: UInt8
  var names: [String]
  /// Where the first record after the header begins.
  var dataStart: Int

  /// Reads the start of the file.
  /// - Parameter delimiter: nil to find it.
  init(_ source: ByteSource, delimiter wanted: UInt8?) throws(TableError) {
    let file = source.name
    var start = 0
    if source.count >= 2, source.base[0] ^ source.base[1] == 1, source.base[0] >= 0xfe {
      throw TableError("the file is UTF-16; save it as UTF-8", file: file, line: 1, column: 1)
    }
    if source.count >= 3, source.base[0] == 0xef, source.base[1] == 0xbb, source.base[2] == 0xbf { start = 3 }
    guard RecordScanner(base: source.base, limit: source.count, delimiter: 0).skipLineEnds(from: start) < source.count
    else { throw TableError("the file is empty; it needs a header line and rows", file: file) }
    if let wanted, wanted < 0x20 && wanted != 0x09 || wanted > 0x7e || wanted == UInt8(ascii: "\"") {
      throw TableError("the delimiter must be a character of ASCII other than the quote", file: file)
    }
    let delimiter = wanted ?? Self.detect(source, from: start)
    let scanner = RecordScanner(base: source.base, limit: source.count, delimiter: delimiter)
    let header: (fields: [FieldText], next: Int)
    do throws(RecordScanner.FieldFailure) {
      header = try scanner.record(at: start)
    } catch {
      throw source.error(for: error, delimiter: delimiter)
    }
    self.delimiter = delimiter
    dataStart = header.next
    if let offset = TextValidation.firstNUL(source.base, start..<header.next) {
      throw source.error(for: .nul(offset: offset), delimiter: delimiter, expected: header.fields.count)
    }
    if let offset = TextValidation.firstInvalidUTF8(source.base, start..<header.next) {
      throw source.error(for: .invalidUTF8(offset: offset), delimiter: delimiter, expected: header.fields.count)
    }
    names = header.fields.map { $0.string(in: source.base) }
    try Self.check(names, file: file, line: source.line(of: header.fields[0].offset))
    guard dataStart < source.count else {
      throw TableError("the file has a header and no rows; it needs at least one row", file: file)
    }
  }

  private static func check(_ names: [String], file: String?, line: Int) throws(TableError) {
    var seen: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      guard !name.isEmpty else {
        throw TableError(
          "the column has no name; the first line must name every column", file: file, line: line, column: index + 1)
      }
      if let earlier = seen.updateValue(index, forKey: name) {
        throw TableError(
          "column name \(TextValidation.shown(name)) stands twice, first in field \(earlier + 1); names must differ",
          file: file, line: line, column: index + 1)
      }
    }
  }

  /// The candidate that gives the first records the same number of fields, as many as possible; a comma if none does.
  private static func detect(_ source: ByteSource, from start: Int) -> UInt8 {
    let limit = min(source.count, start + 1 << 16)
    var best = (delimiter: UInt8(ascii: ","), agreeing: 0, fields: 1)
    for candidate in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")] {
      let scanner = RecordScanner(base: source.base, limit: source.count, delimiter: candidate)
      var (offset, fields, records, agreeing) = (start, 0, 0, 0)
      while offset < limit, records < 50, let record = try? scanner.record(at: offset) {
        if records == 0 { fields = record.fields.count }
        if record.fields.count == fields { agreeing += 1 }
        records += 1
        offset = record.next
      }
      guard fields > 1 else { continue }
      // Records that agree count before width: a header such as "a;b,c" is settled by its rows.
      let share = records == 0 ? 0 : agreeing * 100 / records
      if share > best.agreeing || (share == best.agreeing && fields > best.fields) { best = (candidate, share, fields) }
    }
    return best.delimiter
  }
}

extension ByteSource {
  /// The 1-based line in which a byte stands. LF, CR LF and CR alone end lines.
  func line(of offset: Int) -> Int {
    var line = 1
    for i in 0..<min(offset, count)
    where base[i] == 0x0a || (base[i] == 0x0d && (i + 1 == count || base[i + 1] != 0x0a)) {
      line += 1
    }
    return line
  }

  func error(for failure: RecordScanner.FieldFailure, delimiter: UInt8) -> TableError {
    switch failure {
    case .unclosedQuote(let offset): error(for: .unclosedQuote(offset: offset, field: 0), delimiter: delimiter)
    case .tooLong(let offset): error(for: .tooLong(offset: offset, field: 0), delimiter: delimiter)
    case .textAfterQuote(let offset): error(for: .textAfterQuote(offset: offset, field: 0), delimiter: delimiter)
    }
  }

  /// What a user is told about bytes that are no table. `expected` is the number of fields in the header.
  func error(for failure: ScannedChunk.Failure, delimiter: UInt8, expected: Int = 0) -> TableError {
    func at(_ offset: Int, field: Int?, _ message: String) -> TableError {
      TableError(message, file: name, line: line(of: offset), column: field.flatMap { $0 > 0 ? $0 : nil })
    }
    switch failure {
    case .ragged(let offset, let found):
      return at(
        offset, field: nil,
        "the row has \(found) field\(found == 1 ? "" : "s"), the header has \(expected); "
          + (found < expected
            ? "a field or a closing quote may be missing" : "a field that holds the delimiter needs quotes"))
    case .unclosedQuote(let offset, let field):
      return at(offset, field: field, "the quote that opens here is never closed; write \" after the text")
    case .tooLong(let offset, let field):
      return at(offset, field: field, "the field is longer than 4 MB; a closing quote may be missing")
    case .textAfterQuote(let offset, let field):
      return at(
        offset, field: field, "text follows a closing quote; inside a quoted field a quote is written twice (\"\")")
    case .nul(let offset):
      return at(
        offset, field: field(of: offset, delimiter: delimiter), "a NUL byte: this is no text; save the table as UTF-8")
    case .invalidUTF8(let offset):
      let byte = String(base[offset], radix: 16)
      return at(
        offset, field: field(of: offset, delimiter: delimiter),
        "byte 0x\(byte) is not valid UTF-8; save the table as UTF-8")
    case .unsettled:
      return at(0, field: nil, "quotes do not match up")
    }
  }

  /// The 1-based field of its line in which a byte stands.
  private func field(of offset: Int, delimiter: UInt8) -> Int {
    var start = offset
    while start > 0, base[start - 1] != 0x0a, base[start - 1] != 0x0d { start -= 1 }
    return 1 + (start..<offset).reduce(0) { $0 + (base[$1] == delimiter ? 1 : 0) }
  }
}
