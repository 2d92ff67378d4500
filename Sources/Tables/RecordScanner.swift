#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Splits bytes into records and fields (RFC 4180; also CR and LF alone as line ends, blanks around unquoted fields,
/// blank lines between records).
struct RecordScanner {
  let base: UnsafePointer<UInt8>
  /// One past the last byte of the file.
  let limit: Int
  let delimiter: UInt8

  struct Field {
    var text: FieldText
    /// Where the delimiter or line end after the field stands.
    var next: Int
  }

  enum FieldFailure: Error {
    case unclosedQuote(Int), tooLong(Int), textAfterQuote(Int)
  }

  /// Eight bytes from `offset` on; past the end of the file there are line ends.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    if offset + 8 <= limit { return UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self).littleEndian }
    return lastWord(at: offset)
  }

  @inline(never)
  private func lastWord(at offset: Int) -> UInt64 {
    var word = lineFeeds
    var i = 0
    while i < 8, offset + i < limit {
      word = word & ~(0xff << UInt64(8 * i)) | UInt64(base[offset + i]) << UInt64(8 * i)
      i += 1
    }
    return word
  }

  @inline(__always)
  private func isBlank(_ byte: UInt8) -> Bool { (byte == 0x20 || byte == 0x09) && byte != delimiter }

  /// The field that begins at `start`, whatever its form.
  @inline(never)
  func field(at start: Int) throws(FieldFailure) -> Field {
    var p = start
    while p < limit, isBlank(base[p]) { p += 1 }
    if p < limit, base[p] == quote { return try quotedField(openedAt: p) }
    let first = p
    let delimiters = ones &* UInt64(delimiter)
    while true {
      let word = word(at: p)
      let hits = zeroBytes(word ^ delimiters) | zeroBytes(word ^ lineFeeds) | zeroBytes(word ^ returns)
      if hits != 0 {
        p += hits.trailingZeroBitCount >> 3
        break
      }
      p += 8
    }
    let next = min(p, limit)
    var last = next
    while last > first, isBlank(base[last - 1]) { last -= 1 }
    guard last - first <= FieldText.longest else { throw .tooLong(first) }
    return Field(text: FieldText(offset: first, count: last - first), next: next)
  }

  private func quotedField(openedAt open: Int) throws(FieldFailure) -> Field {
    var p = open + 1
    var isEscaped = false
    while true {
      guard p < limit, let found = memchr(base + p, Int32(quote), limit - p) else { throw .unclosedQuote(open) }
      p = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      guard p - open <= FieldText.longest else { throw .tooLong(open) }
      guard p + 1 < limit, base[p + 1] == quote else { break }
      isEscaped = true
      p += 2
    }
    let text = FieldText(offset: open + 1, count: p - open - 1, isEscaped: isEscaped)
    p += 1
    while p < limit, isBlank(base[p]) { p += 1 }
    guard p == limit || base[p] == delimiter || base[p] == 0x0a || base[p] == 0x0d else { throw .textAfterQuote(p) }
    return Field(text: text, next: p)
  }

  /// Skips line ends, hence blank lines.
  @inline(__always)
  func skipLineEnds(from offset: Int) -> Int {
    var p = offset
    while p < limit, base[p] == 0x0a || base[p] == 0x0d { p += 1 }
    return p
  }

  /// The fields of the record at `offset`, and where the next record begins.
  func record(at offset: Int) throws(FieldFailure) -> (fields: [FieldText], next: Int) {
    var fields: [FieldText] = []
    var p = skipLineEnds(from: offset)
    while true {
      let field = try field(at: p)
      fields.append(field.text)
      guard field.next < limit, base[field.next] == delimiter else { return (fields, skipLineEnds(from: field.next)) }
      p = field.next + 1
    }
  }

  /// Scans the records that begin in `start..<border` into `chunk`.
  func scan(into chunk: ScannedChunk, border: Int, farthest: Int) {
    let columnCount = chunk.columnCount
    let rowCapacity = chunk.rowCapacity
    let (codes, dictionaries, places, keys) = (chunk.codes, chunk.dictionaries, chunk.places, chunk.keys)
    let delimiters = ones &* UInt64(delimiter)
    var row = 0
    var p = skipLineEnds(from: chunk.start)
    defer {
      chunk.rows = row
      chunk.end = p
    }
    while p < border {
      let recordStart = p
      var column = 0
      while true {
        let word = word(at: p)
        let hits =
          zeroBytes(word ^ delimiters) | zeroBytes(word ^ lineFeeds) | zeroBytes(word ^ returns)
          | zeroBytes(word ^ quotes)
        var key: UInt64
        var text: FieldText
        var next: Int
        var end: UInt8
        let count = hits.trailingZeroBitCount >> 3
        // Everything below the first hit; the hit is the top bit of its byte.
        key = word & ((hits ^ (hits &- 1)) >> 8)
        end = UInt8(truncatingIfNeeded: word >> UInt64(truncatingIfNeeded: (count & 7) * 8))
        if hits != 0, end != quote, zeroBytes(key ^ blanks) | zeroBytes(key ^ tabs) == 0 {
          text = FieldText(offset: p, count: count)
          next = p + count
        } else {
          do throws(FieldFailure) {
            let field = try field(at: p)
            text = field.text
            next = field.next
          } catch {
            chunk.failure = Self.failure(error, field: column + 1)
            return
          }
          key = textKey(base + text.offset, text.count, isEscaped: text.isEscaped)
          end = next < limit ? base[next] : 0x0a
        }
        if column < columnCount {
          if let places = places[column] {
            places[row] = text.packed
            keys[column]?[row] = key
          } else {
            let code = dictionaries[column].code(key: key, text: text, base: base)
            codes[column * rowCapacity + row] = UInt16(truncatingIfNeeded: code)
            let distinct = dictionaries[column].count
            if distinct >= 1024, distinct * 2 > row || distinct == 65_535 {
              chunk.switchToPlaces(column, before: row)
              places[column]?[row] = text.packed
              keys[column]?[row] = key
            }
          }
        }
        column += 1
        if end == delimiter, next < limit {
          p = next + 1
        } else {
          p = skipLineEnds(from: next)
          break
        }
      }
      if column != columnCount {
        chunk.failure = .ragged(offset: recordStart, found: column)
        return
      }
      row += 1
      if p > farthest {
        chunk.failure = .unsettled
        return
      }
    }
  }

  private static func failure(_ failure: FieldFailure, field: Int) -> ScannedChunk.Failure {
    switch failure {
    case .unclosedQuote(let offset): .unclosedQuote(offset: offset, field: field)
    case .tooLong(let offset): .tooLong(offset: offset, field: field)
    case .textAfterQuote(let offset): .textAfterQuote(offset: offset, field: field)
    }
  }
}

private let quote = UInt8(ascii: "\"")
private let ones: UInt64 = 0x0101_0101_0101_0101
private let lineFeeds: UInt64 = 0x0a0a_0a0a_0a0a_0a0a
private let returns: UInt64 = 0x0d0d_0d0d_0d0d_0d0d
private let quotes: UInt64 = 0x2222_2222_2222_2222
private let blanks: UInt64 = 0x2020_2020_2020_2020
private let tabs: UInt64 = 0x0909_0909_0909_0909

/// The top bit of every byte that is 0; above the lowest such byte there may be others, so only the lowest counts.
@inline(__always)
private func zeroBytes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & 0x8080_8080_8080_8080 }
