import MynahParallelism

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A whole file split into fields, with the facts about every column: everything that inference looks at, before any
/// array of values exists.
struct ScannedFile {
  let source: ByteSource
  let dialect: CSVDialect
  let rules: [ColumnRule]
  let chunks: [ScannedChunk]
  let facts: [ColumnFacts]
  let rowCount: Int
  let keepsTexts: Bool

  var names: [String] { dialect.names }

  /// Scans all records. Chunks are cut by the size of the file; where a chunk's first record begins is guessed from the
  /// number of quotes before it, and checked against where the chunk before it really ended.
  /// - Parameters:
  ///   - chunkSize: bytes; nil for a size that suits the file.
  ///   - keepsTexts: whether distinct texts are to be counted exactly, so that no column may be held as numbers alone.
  init(
    _ source: ByteSource, dialect: CSVDialect, rules: [ColumnRule], chunkSize: Int?, keepsTexts: Bool
  ) throws(TableError) {
    let scanner = RecordScanner(base: source.base, limit: source.count, delimiter: dialect.delimiter)
    let scan = ChunkScan(scanner: scanner, source: source, rules: rules)
    let needsTexts = zip(dialect.names, rules).map { name, rule in
      keepsTexts || !rule.allowsNumbers(named: name) || scanner.delimiterMayStandInNumbers
    }
    let size = chunkSize ?? (source.count > 1 << 24 ? 1 << 20 : 1 << 18)
    // The first chunk tells which columns are numbers: it is short, since the others wait for it.
    let second = min(source.count, dialect.dataStart + (chunkSize ?? scan.bytesOfFirstChunk(dialect)))
    let borders = [dialect.dataStart] + Array(stride(from: second, to: source.count, by: size)) + [source.count]
    let starts = Self.guessedStarts(scanner, source, borders)
    let hasQuotes = starts.hasQuotes

    let first = scan.chunk(start: starts.offsets[0], border: borders[1], needsTexts: needsTexts)
    var chunks: [ScannedChunk?] = [first] + Array(repeating: nil, count: borders.count - 2)
    chunks.withUnsafeMutableBufferPointer { slots in
      nonisolated(unsafe) let slots = slots
      parallelFor(slots.count - 1) { place in
        let index = place + 1
        let farthest = hasQuotes ? borders[index + 1] + 4 * size : Int.max
        slots[index] = scan.chunk(
          start: starts.offsets[index], border: borders[index + 1], farthest: farthest, needsTexts: needsTexts,
          numbersFrom: first)
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
        chunk = scan.chunk(start: expected, border: borders[index + 1], needsTexts: needsTexts)
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
    self.keepsTexts = keepsTexts
    scan.restoreTexts(
      of: rules.indices.filter { !facts[$0].needsNoTexts(rules[$0], name: dialect.names[$0]) }, &settled)
    self.chunks = settled
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
    guard !range.isEmpty, let first = memchr(base + range.lowerBound, Int32(UInt8(ascii: "\"")), range.count) else {
      return 0
    }
    var total = 0
    var i = UnsafeRawPointer(first) - UnsafeRawPointer(base)
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
