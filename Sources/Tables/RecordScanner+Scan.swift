extension RecordScanner {
  /// Scans the records that begin in `chunk.start..<chunk.border` into `chunk`.
  func scan(into chunk: ScannedChunk, rules: [ColumnRule], farthest: Int) {
    let (columnCount, border) = (chunk.columnCount, chunk.border)
    let (codes, dictionaries, rowCapacity) = (chunk.codes, chunk.dictionaries, chunk.rowCapacity)
    let (places, keys, numbers) = (chunk.places, chunk.keys, chunk.numbers)
    let forms = chunk.forms
    let lastLook = limit - Self.longestLook
    var row = 0
    var p = skipLineEnds(from: chunk.start)
    defer {
      chunk.rows = row
      chunk.end = p
    }
    while p < border {
      let recordStart = p
      var column = 0
      if row == chunk.numberCapacity { chunk.growNumbers(rows: row) }
      while true {
        if column < columnCount, forms[column] == .numbers, p <= lastLook {
          let number = number(at: p)
          let end = base[number.next]
          if number.next > 0, end == delimiter || end == 0x0a || end == 0x0d {
            if !append(number, at: p, to: numbers + column, row: row) { chunk.giveUpNumbers(of: column) }
            column += 1
            if end == delimiter {
              p = number.next + 1
              continue
            }
            p = skipLineEnds(from: number.next)
            break
          }
        }
        let field: (text: FieldText, key: UInt64, next: Int)
        do throws(FieldFailure) {
          field = try keyedField(at: p)
        } catch {
          chunk.failure = Self.failure(error, field: column + 1)
          return
        }
        if column < columnCount {
          switch forms[column] {
          case .codes:
            let code = dictionaries[column].code(key: field.key, text: field.text, base: base)
            codes[column * rowCapacity + row] = UInt16(truncatingIfNeeded: code)
            let distinct = dictionaries[column].count
            if distinct >= ScannedChunk.manyDistinct, distinct * 2 > row || distinct == 65_535 {
              chunk.giveUpDictionary(of: column, row: row, rules[column], scanner: self, at: p)
            }
          case .places:
            places[column]?[row] = field.text.packed
            keys[column]?[row] = field.key
          case .numbers: chunk.addNumber(column, row, field.text, base: base, rule: rules[column])
          case .abandoned: break
          }
        }
        column += 1
        if field.next < limit, base[field.next] == delimiter {
          p = field.next + 1
        } else {
          p = skipLineEnds(from: field.next)
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

  @inline(__always)
  private func append(
    _ number: ScannedNumber, at start: Int, to column: UnsafeMutablePointer<NumberColumn>, row: Int
  ) -> Bool {
    if number.fractionDigits < 0 {
      // Fifteen digits at most.
      let integer = Int64(bitPattern: number.mantissa)
      return column.pointee.append(integer: number.isNegative ? -integer : integer, row: row)
    }
    // As in `parseNumber`.
    var value =
      number.mantissa <= 1 << 53
      ? Double(Int64(bitPattern: number.mantissa)) / doublePowers[number.fractionDigits]
      : quotient(number.mantissa, powerOfTen: number.fractionDigits)
    if number.isNegative { value.negate() }
    return column.pointee.append(
      decimal: value, fractionDigits: number.fractionDigits,
      text: FieldText(offset: start, count: number.next - start).packed, row: row)
  }

  /// A field and its key. Short ones without quotes and blanks are found in the word that they lie in.
  @inline(__always)
  private func keyedField(at p: Int) throws(FieldFailure) -> (text: FieldText, key: UInt64, next: Int) {
    let word = word(at: p)
    let hits =
      zeroBytes(word ^ (ones &* UInt64(delimiter))) | zeroBytes(word ^ lineFeeds) | zeroBytes(word ^ returns)
      | zeroBytes(word ^ quotes)
    let count = hits.trailingZeroBitCount >> 3
    // Everything below the first hit; the hit is the top bit of its byte.
    let key = word & ((hits ^ (hits &- 1)) >> 8)
    let end = UInt8(truncatingIfNeeded: word >> UInt64(truncatingIfNeeded: (count & 7) * 8))
    if hits != 0, end != UInt8(ascii: "\""), zeroBytes(key ^ blanks) | zeroBytes(key ^ tabs) == 0 {
      return (FieldText(offset: p, count: count), key, p + count)
    }
    let field = try field(at: p)
    return (
      field.text, textKey(base + field.text.offset, field.text.count, isEscaped: field.text.isEscaped), field.next
    )
  }

  private static func failure(_ failure: FieldFailure, field: Int) -> ScannedChunk.Failure {
    switch failure {
    case .unclosedQuote(let offset): .unclosedQuote(offset: offset, field: field)
    case .tooLong(let offset): .tooLong(offset: offset, field: field)
    case .textAfterQuote(let offset): .textAfterQuote(offset: offset, field: field)
    }
  }
}

private let quotes: UInt64 = 0x2222_2222_2222_2222
private let blanks: UInt64 = 0x2020_2020_2020_2020
private let tabs: UInt64 = 0x0909_0909_0909_0909
