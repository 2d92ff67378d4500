import MynahParallelism

/// A whole file split into fields, with the facts about every column: everything that inference looks at, before any
/// array of values exists.
struct ScannedFile {
  let source: ByteSource
  let dialect: CSVDialect
  let rules: [ColumnRule]
  let chunks: [ScannedChunk]
  let facts: [ColumnFacts]
  let rowCount: Int

  var names: [String] { dialect.names }

  /// Scans all records. Chunks are cut by the size of the file; where a chunk's first record begins is guessed from the
  /// number of quotes before it, and checked against where the chunk before it really ended.
  /// - Parameter chunkSize: bytes; nil for a size that suits the file.
  init(_ source: ByteSource, dialect: CSVDialect, rules: [ColumnRule], chunkSize: Int?) throws(TableError) {
    let scanner = RecordScanner(base: source.base, limit: source.count, delimiter: dialect.delimiter)
    let size = chunkSize ?? (source.count > 1 << 24 ? 1 << 20 : 1 << 18)
    let borders = Array(stride(from: dialect.dataStart, to: source.count, by: size)) + [source.count]
    let starts = Self.guessedStarts(scanner, source, borders)
    let hasQuotes = starts.hasQuotes

    var chunks: [ScannedChunk?] = Array(repeating: nil, count: borders.count - 1)
    chunks.withUnsafeMutableBufferPointer { slots in
      nonisolated(unsafe) let slots = slots
      parallelFor(slots.count) { index in
        let farthest = hasQuotes && index > 0 ? borders[index + 1] + 4 * size : Int.max
        slots[index] = Self.scanned(
          scanner, source, rules, start: starts.offsets[index], border: borders[index + 1], farthest: farthest)
      }
    }

    var settled: [ScannedChunk] = []
    var facts = rules.map { ColumnFacts(markerCount: $0.markers.count) }
    var expected = scanner.skipLineEnds(from: dialect.dataStart)
    var rowCount = 0
    for index in chunks.indices {
      var chunk = chunks[index]
      chunks[index] = nil
      var isTrusted = chunk.map { scanner.skipLineEnds(from: $0.start) == expected } ?? false
      if case .unsettled = chunk?.failure { isTrusted = false }
      if !isTrusted {
        chunk = Self.scanned(scanner, source, rules, start: expected, border: borders[index + 1], farthest: .max)
      }
      guard let chunk else { continue }
      if let failure = chunk.failure {
        throw source.error(for: failure, delimiter: dialect.delimiter, expected: rules.count)
      }
      expected = chunk.end
      rowCount += chunk.rows
      guard chunk.rows > 0 else { continue }
      for column in rules.indices { facts[column].merge(chunk.facts[column], base: source.base) }
      settled.append(chunk)
    }
    guard rowCount > 0 else {
      throw TableError("the file has a header and no rows; it needs at least one row", file: source.name)
    }
    (self.source, self.dialect, self.rules, self.facts, self.rowCount) = (source, dialect, rules, facts, rowCount)
    self.chunks = settled
  }

  private static func scanned(
    _ scanner: RecordScanner, _ source: ByteSource, _ rules: [ColumnRule], start: Int, border: Int, farthest: Int
  ) -> ScannedChunk {
    let chunk = ScannedChunk(start: start, border: border, columnCount: rules.count)
    scanner.scan(into: chunk, border: border, farthest: farthest)
    if case .unsettled = chunk.failure { return chunk }
    let scannedBytes = start..<max(start, chunk.end)
    let nul = TextValidation.firstNUL(source.base, scannedBytes)
    if let offset = TextValidation.firstInvalidUTF8(source.base, start..<(nul ?? scannedBytes.upperBound)) {
      chunk.failure = .invalidUTF8(offset: offset)
    } else if let nul {
      chunk.failure = .nul(offset: nul)
    }
    guard chunk.failure == nil else { return chunk }
    chunk.finish()
    chunk.facts = rules.indices.map { column in
      var facts = ColumnFacts(markerCount: rules[column].markers.count)
      chunk.forEachText(of: column) { facts.add($0, weight: $1, base: source.base, rule: rules[column]) }
      return facts
    }
    source.release(scannedBytes)
    return chunk
  }

  /// For every border the first record that begins there or later, if quotes only stand where they should.
  private static func guessedStarts(
    _ scanner: RecordScanner, _ source: ByteSource, _ borders: [Int]
  ) -> (offsets: [Int], hasQuotes: Bool) {
    let pieces = borders.count - 1
    var quotes = Array(repeating: 0, count: pieces)
    quotes.withUnsafeMutableBufferPointer { counts in
      nonisolated(unsafe) let counts = counts
      parallelFor(pieces) { index in
        let range = (borders[index] - 1)..<(borders[index + 1] - 1)
        counts[index] = countQuotes(scanner.base, range)
        source.release(range)
      }
    }
    var isInside = false
    var offsets: [Int] = []
    for index in 0..<pieces {
      if index == 0 {
        offsets.append(borders[0])
      } else {
        var p = borders[index] - 1
        var inside = isInside
        while p < scanner.limit {
          let byte = scanner.base[p]
          if byte == UInt8(ascii: "\"") { inside.toggle() }
          p += 1
          if !inside, byte == 0x0a || byte == 0x0d { break }
        }
        offsets.append(scanner.skipLineEnds(from: p))
      }
      if quotes[index] & 1 == 1 { isInside.toggle() }
    }
    return (offsets, quotes.contains { $0 > 0 })
  }

  private static func countQuotes(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int {
    var total = 0
    var i = range.lowerBound
    // A byte counts up to 255, so that the compiler can add 16 of them at once.
    while i < range.upperBound {
      let stop = min(i + 255, range.upperBound)
      var count: UInt8 = 0
      for k in i..<stop { count &+= base[k] == UInt8(ascii: "\"") ? 1 : 0 }
      total += Int(count)
      i = stop
    }
    return total
  }
}
