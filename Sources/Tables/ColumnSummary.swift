/// The distinct texts of a whole column. Up to `exactLimit` of them are held; beyond, their number is estimated.
struct ColumnSummary {
  static let exactLimit = 1 << 20

  /// Distinct texts that are not missing.
  var distinct = 0
  var isEstimate = false
  /// At most five, most frequent first; ties in order of appearance.
  var mostFrequent: [(text: FieldText, weight: Int)] = []

  /// Reads the texts of `column` of all chunks.
  init(column: Int, chunks: [ScannedChunk], base: UnsafePointer<UInt8>, rule: ColumnRule) {
    if chunks.reduce(0, { $0 + $1.rows }) <= Self.exactLimit {
      countParts(TextPartitions(column: column, chunks: chunks, base: base), base: base, rule: rule)
      return
    }
    // Room for all, so that a table of texts that hardly repeat is never moved.
    let upperBound = chunks.reduce(0) { $0 + ($1.entries[column]?.texts.count ?? $1.rows) }
    var texts = TextDictionary(
      capacity: 64 << (Int.bitWidth - (min(upperBound, Self.exactLimit) / 32).leadingZeroBitCount))
    defer { texts.deallocate() }
    var sample: DistinctSample?
    func count(_ key: UInt64, _ text: FieldText, _ weight: UInt32) {
      if sample != nil {
        sample?.insert(key)
        guard texts.find(key: key, text: text, base: base) != nil else { return }
      }
      _ = texts.code(key: key, text: text, weight: weight, base: base)
      if texts.count == Self.exactLimit, sample == nil {
        sample = DistinctSample()
        for key in texts.weightsAndKeys().keys { sample?.insert(key) }
      }
    }
    for chunk in chunks {
      chunk.forEachKey(of: column, base: base, count)
      chunk.dropKeys(of: column)
    }
    add(texts, base: base, rule: rule)
    if let sample {
      isEstimate = true
      distinct = max(Self.exactLimit, sample.estimate)
    }
  }
}

extension ColumnSummary {
  /// Counts part after part, each in a table that fits a near cache.
  private mutating func countParts(_ parts: TextPartitions, base: UnsafePointer<UInt8>, rule: ColumnRule) {
    for part in 0..<parts.count {
      var texts = TextDictionary(capacity: max(16, parts.slots(for: part)))
      parts.forEach(in: part) { key, text, weight in _ = texts.code(key: key, text: text, weight: weight, base: base) }
      add(texts, base: base, rule: rule)
      texts.deallocate()
    }
  }

  /// Adds texts that are in no other part.
  private mutating func add(_ texts: TextDictionary, base: UnsafePointer<UInt8>, rule: ColumnRule) {
    texts.forEachSlot { code, weight in
      let (text, weight) = (texts.text(code), Int(weight))
      if rule.isMissing(base + text.offset, text.count) { return }
      distinct += 1
      func isBehind(_ other: (text: FieldText, weight: Int)) -> Bool {
        other.weight < weight || (other.weight == weight && other.text.offset > text.offset)
      }
      guard mostFrequent.count < 5 || isBehind(mostFrequent[4]) else { return }
      mostFrequent.insert((text, weight), at: mostFrequent.firstIndex(where: isBehind) ?? mostFrequent.count)
      if mostFrequent.count > 5 { mostFrequent.removeLast() }
    }
  }
}

/// Adaptive sampling (Flajolet, "On adaptive sampling", 1990): keeps the keys whose hash ends in `level` zeros, and
/// raises the level when they become too many.
struct DistinctSample {
  private var kept: Set<UInt64> = []
  private var level: UInt64 = 0
  private static let limit = 1 << 17

  var estimate: Int { kept.count << Int(level) }

  mutating func insert(_ key: UInt64) {
    var hash = key &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 29
    hash = hash &* 0xBF58_476D_1CE4_E5B9
    hash ^= hash >> 32
    guard hash & ((1 << level) - 1) == 0 else { return }
    kept.insert(hash)
    while kept.count > Self.limit {
      level += 1
      let mask: UInt64 = (1 << level) - 1
      kept = kept.filter { $0 & mask == 0 }
    }
  }
}
