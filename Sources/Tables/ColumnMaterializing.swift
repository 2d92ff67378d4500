import MynahParallelism

extension ScannedFile {
  /// The values of one column.
  /// - Parameter levels: levels that come first, in this order; texts that are not among them follow.
  func column(_ index: Int, described schema: ColumnSchema, levels: [String] = []) -> Column {
    let validity = facts[index].missing > 0 ? validity(index) : nil
    let rule = rules[index]
    let base = source.base
    switch schema.kind {
    case .continuous:
      return .continuous(
        values(index, missing: 0, { $0.double($1) }) { text, count in
          let number = parseNumber(text, count)
          return number.isFinite ? number.value : 0
        }, validity)
    case .integer:
      return .integer(values(index, missing: 0, { $0.integer($1) }, wholeNumber), validity)
    case .identifier where facts[index].isStorableAsIntegers && levels.isEmpty:
      return .integer(values(index, missing: 0, { $0.integer($1) }, wholeNumber), validity)
    case .datetime:
      let format = schema.datetimeFormat.flatMap(DatetimeFormat.init)
      return .timestamp(
        values(index, missing: 0, { _, _ in 0 }) { text, count in
          rule.isMissing(text, count) ? 0 : format?.parse(text, count) ?? 0
        }, validity)
    case .categorical, .boolean, .identifier:
      let (codes, levels) = codes(index, rule: rule, base: base, known: levels)
      return .categorical(codes: codes, levels: levels, validity)
    }
  }

  /// Takes the numbers of chunks that hold them, which are freed then, and parses each distinct text of the others once, or
  /// every text where they hardly repeat.
  @inline(__always)
  private func values<Value>(
    _ index: Int, missing: Value, _ take: (NumberColumn, Int) -> Value, _ parse: (UnsafePointer<UInt8>, Int) -> Value
  ) -> [Value] {
    let firstRows = firstRows
    let rule = rules[index]
    let base = source.base
    func value(_ packed: UInt64) -> Value {
      let text = FieldText(packed: packed)
      let start = base + text.offset
      return rule.marker(start, text.count) != nil ? missing : parse(start, text.count)
    }
    return withoutActuallyEscaping(parse) { _ in
      Array(unsafeUninitializedCapacity: rowCount) { buffer, count in
        let values = buffer.baseAddress!
        parallelFor(chunks.count) { number in
          let chunk = chunks[number]
          let target = values + firstRows[number]
          if chunk.isHeldAsNumbers[index] {
            let numbers = chunk.numbers[index]
            for row in 0..<chunk.rows { (target + row).initialize(to: take(numbers, row)) }
            // Of a large table nothing is there twice.
            chunk.dropNumbers(of: index, givesPagesBack: rowCount > 1 << 18)
          } else if let entries = chunk.entries[index] {
            let table = entries.texts.map(value)
            let codes = chunk.codes + index * chunk.rowCapacity
            table.withUnsafeBufferPointer { table in
              for row in 0..<chunk.rows { (target + row).initialize(to: table[Int(codes[row])]) }
            }
          } else if let places = chunk.places[index] {
            for row in 0..<chunk.rows { (target + row).initialize(to: value(places[row])) }
          }
        }
        count = rowCount
      }
    }
  }

  /// The row of the table at which each chunk begins.
  private var firstRows: [Int] {
    var next = 0
    return chunks.map { chunk in
      defer { next += chunk.rows }
      return next
    }
  }

  private func validity(_ index: Int) -> Validity {
    let rule = rules[index]
    var validity = Validity(count: rowCount)
    var row = 0
    func isMissing(_ packed: UInt64) -> Bool {
      let text = FieldText(packed: packed)
      return rule.isMissing(source.base + text.offset, text.count)
    }
    for chunk in chunks {
      if chunk.isHeldAsNumbers[index] {
        for own in chunk.numbers[index].missingRows { validity[row + Int(own)] = false }
      } else if let entries = chunk.entries[index] {
        let missing = entries.texts.map(isMissing)
        guard missing.contains(true) else {
          row += chunk.rows
          continue
        }
        let codes = chunk.codes + index * chunk.rowCapacity
        for own in 0..<chunk.rows where missing[Int(codes[own])] { validity[row + own] = false }
      } else if let places = chunk.places[index] {
        for own in 0..<chunk.rows where isMissing(places[own]) { validity[row + own] = false }
      }
      row += chunk.rows
    }
    return validity
  }

  private func codes(
    _ index: Int, rule: ColumnRule, base: UnsafePointer<UInt8>, known: [String]
  ) -> (codes: [Int32], levels: [String]) {
    var levels = known
    var numbers: [String: Int32] = [:]
    for (code, level) in known.enumerated() { numbers[level] = Int32(code) }
    var texts = TextDictionary(capacity: 64)
    defer { texts.deallocate() }
    // By code of `texts`; levels are made only for texts that are new.
    var levelOfText: [Int32] = []
    func level(_ key: UInt64, _ text: FieldText) -> Int32 {
      let code = Int(texts.code(key: key, text: text, base: base))
      if code < levelOfText.count { return levelOfText[code] }
      var level: Int32 = -1
      if !rule.isMissing(base + text.offset, text.count) {
        let string = text.string(in: base)
        if let number = numbers[string] {
          level = number
        } else {
          level = Int32(levels.count)
          numbers[string] = level
          levels.append(string)
        }
      }
      levelOfText.append(level)
      return level
    }
    let codes = [Int32](unsafeUninitializedCapacity: rowCount) { buffer, count in
      for chunk in chunks {
        let target = buffer.baseAddress! + count
        if let entries = chunk.entries[index] {
          let table = entries.texts.indices.map { level(entries.keys[$0], FieldText(packed: entries.texts[$0])) }
          let codes = chunk.codes + index * chunk.rowCapacity
          table.withUnsafeBufferPointer { table in
            for row in 0..<chunk.rows { (target + row).initialize(to: table[Int(codes[row])]) }
          }
        } else if let places = chunk.places[index] {
          for row in 0..<chunk.rows {
            let text = FieldText(packed: places[row])
            let key = textKey(base + text.offset, text.count, isEscaped: text.isEscaped)
            (target + row).initialize(to: level(key, text))
          }
        }
        count += chunk.rows
      }
    }
    return (codes, levels)
  }
}

/// A number without a fraction as an integer; 0 for what inference has already excluded.
private func wholeNumber(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
  let number = parseNumber(text, count)
  if number.form == .integer { return number.integer }
  return number.isFinite ? Int64(exactly: number.value) ?? 0 : 0
}
