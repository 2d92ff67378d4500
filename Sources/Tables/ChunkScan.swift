import MynahParallelism

/// How the chunks of one file are scanned.
struct ChunkScan: @unchecked Sendable {
  let scanner: RecordScanner
  let source: ByteSource
  let rules: [ColumnRule]

  /// Scans, checks and sums up the records that begin in `start..<border`.
  func chunk(
    start: Int, border: Int, farthest: Int = .max, needsTexts: [Bool], numbersFrom earlier: ScannedChunk? = nil
  ) -> ScannedChunk {
    let chunk = ScannedChunk(start: start, border: border, needsTexts: needsTexts, numbersFrom: earlier)
    scanner.scan(into: chunk, rules: rules, farthest: farthest)
    if case .unsettled = chunk.failure { return chunk }
    let scannedBytes = start..<max(start, chunk.end)
    let nul = TextValidation.firstNUL(source.base, scannedBytes)
    if let offset = TextValidation.firstInvalidUTF8(source.base, start..<(nul ?? scannedBytes.upperBound)) {
      chunk.failure = .invalidUTF8(offset: offset)
    } else if let nul {
      chunk.failure = .nul(offset: nul)
    }
    guard chunk.failure == nil else { return chunk }
    let abandoned = rules.indices.map { chunk.forms[$0] == .abandoned }
    if abandoned.contains(true) {
      // What these columns hold is the same when they are scanned again, so this happens once.
      return self.chunk(
        start: start, border: border, farthest: farthest, needsTexts: zip(needsTexts, abandoned).map { $0 || $1 },
        numbersFrom: earlier)
    }
    chunk.finish()
    chunk.facts = rules.indices.map { column in
      if chunk.isHeldAsNumbers[column] { return chunk.factsOfNumbers(column) }
      var facts = ColumnFacts(markerCount: rules[column].markers.count)
      chunk.forEachText(of: column) { facts.add($0, weight: $1, base: source.base, rule: rules[column]) }
      return facts
    }
    source.release(scannedBytes)
    return chunk
  }

  /// Scans the chunks again that hold one of the columns as numbers although its texts are needed.
  func restoreTexts(of columns: [Int], _ chunks: inout [ScannedChunk]) {
    let places = chunks.indices.filter { index in columns.contains { chunks[index].isHeldAsNumbers[$0] } }
    guard !places.isEmpty else { return }
    chunks.withUnsafeMutableBufferPointer { slots in
      nonisolated(unsafe) let slots = slots
      parallelFor(places.count) { place in
        let old = slots[places[place]]
        var needsTexts = old.needsTexts
        for column in columns { needsTexts[column] = true }
        slots[places[place]] = chunk(start: old.start, border: old.border, needsTexts: needsTexts)
      }
    }
  }

  /// Enough for a column of distinct numbers to be known as one, by the length of the first records.
  func bytesOfFirstChunk(_ dialect: CSVDialect) -> Int {
    var (end, records) = (dialect.dataStart, 0)
    while records < 32, end < source.count, let record = try? scanner.record(at: end) {
      end = record.next
      records += 1
    }
    let length = (end - dialect.dataStart) / max(1, records) + 1
    return min(max(1 << 16, length * (ScannedChunk.manyDistinct + ScannedChunk.manyDistinct / 8)), 1 << 23)
  }
}

extension RecordScanner {
  /// Whether a number could hold the delimiter.
  var delimiterMayStandInNumbers: Bool { "0123456789+-.eE".utf8.contains(delimiter) }
}

extension ColumnRule {
  /// Whether the texts of the column can be forgotten once they are parsed, as far as is known before.
  func allowsNumbers(named name: String) -> Bool {
    let isNumber = kind == .continuous || kind == .integer || (kind == nil && !KindInference.isNamedLikeKey(name))
    return isNumber && !hasNumericMarkers
  }
}

extension ColumnFacts {
  /// Whether the column can be decided on, and its values made, without its texts: what is asked of the number of distinct
  /// ones is then only whether there are more than a thousand.
  func needsNoTexts(_ rule: ColumnRule, name: String) -> Bool {
    guard rule.allowsNumbers(named: name), isNumeric, leadingZeros == 0 else { return false }
    return rule.kind != nil || decimals > 0 || maximum - minimum != Double(present - 1)
  }
}
