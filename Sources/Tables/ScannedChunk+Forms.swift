extension ScannedChunk {
  /// Texts of a column that hardly repeat are no longer held as codes from this many distinct ones on.
  static let manyDistinct = 1024

  /// Gives up a dictionary whose texts hardly repeat. `row` is the row being read, whose code has been stored.
  @inline(never)
  func giveUpDictionary(of column: Int, row: Int, _ rule: ColumnRule, scanner: RecordScanner, at p: Int) {
    let dictionary = dictionaries[column]
    let (weights, keysByCode) = dictionary.weightsAndKeys()
    let own = codes + column * rowCapacity
    defer { dictionary.deallocate() }
    if !needsTexts[column] {
      var facts = ColumnFacts(markerCount: rule.markers.count)
      for code in weights.indices {
        facts.add(dictionary.text(code), weight: weights[code], base: scanner.base, rule: rule)
      }
      if facts.canBeHeldAsNumbers(rule) {
        let bytesPerRow = max(1, (p - start) / (row + 1))
        reserveNumbers(rows: max(row + 1, (border - start) / bytesPerRow))
        var held = NumberColumn(capacity: numberCapacity, facts: facts, isForcedInteger: rule.kind == .integer)
        let parsed = weights.indices.map { code -> ParsedNumber in
          let (text, base) = (dictionary.text(code), scanner.base)
          let isMarker = rule.marker(base + text.offset, text.count) != nil
          return isMarker ? ParsedNumber(form: .notANumber) : parseNumber(base + text.offset, text.count)
        }
        for earlier in 0...row {
          let number = parsed[Int(own[earlier])]
          if number.isFinite { held.store(number, row: earlier) } else { held.storeMissing(row: earlier) }
        }
        hold(column, as: held, facts)
        return
      }
    }
    let stored = UnsafeMutablePointer<UInt64>.allocate(capacity: rowCapacity)
    let storedKeys = UnsafeMutablePointer<UInt64>.allocate(capacity: rowCapacity)
    for earlier in 0...row {
      let code = Int(own[earlier])
      stored[earlier] = dictionary.text(code).packed
      storedKeys[earlier] = keysByCode[code]
    }
    (places[column], keys[column], forms[column]) = (stored, storedKeys, .places)
  }

  /// Adds a text in a form other than the usual one to a column that is held as numbers.
  @inline(never)
  func addNumber(_ column: Int, _ row: Int, _ text: FieldText, base: UnsafePointer<UInt8>, rule: ColumnRule) {
    let (start, count) = (base + text.offset, text.count)
    if let marker = rule.marker(start, count) {
      numberFacts[column].missing += 1
      numberFacts[column].markers[marker] += 1
      numbers[column].storeMissing(row: row)
      return
    }
    let number = parseNumber(start, count)
    var isHeld = !number.hasLeadingZero && !text.isEscaped
    switch number.form {
    case .notANumber:
      numberFacts[column].missing += 1
      numbers[column].storeMissing(row: row)
    case .integer: isHeld = isHeld && numbers[column].append(integer: number.integer, row: row)
    case .decimal:
      isHeld =
        isHeld
        && numbers[column].append(
          decimal: number.value, fractionDigits: number.fractionDigits, text: text.packed, row: row)
    case .hugeInteger, .infinite, .text: isHeld = false
    }
    if !isHeld { giveUpNumbers(of: column) }
  }

  /// The rest of the column is skipped, and the chunk must be scanned again.
  @inline(never)
  func giveUpNumbers(of column: Int) {
    dropNumbers(of: column)
    forms[column] = .abandoned
  }
}

extension ColumnFacts {
  /// Whether nothing but usual numbers and missing values has been seen. Huge whole numbers, and names such as "007",
  /// keep their texts.
  func canBeHeldAsNumbers(_ rule: ColumnRule) -> Bool {
    let areExact = rule.kind != .integer || decimals == 0 || (maximum <= 0x1p53 && minimum >= -0x1p53)
    return isNumeric && hugeIntegers == 0 && leadingZeros == 0 && !isQuoteEscaped && areExact
  }
}
