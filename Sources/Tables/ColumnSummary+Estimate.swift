extension ScannedFile {
  /// What stands in a column. Where it is enough to know that many distinct numbers do, they are estimated by the values,
  /// which are made for that and given as well.
  func summary(of column: Int) -> (summary: ColumnSummary, made: Column?) {
    let (rule, facts) = (rules[column], facts[column])
    guard !keepsTexts, facts.needsNoTexts(rule, name: names[column]), hasManyTexts(column) else {
      return (ColumnSummary(column: column, chunks: chunks, base: source.base, rule: rule), nil)
    }
    let kind = rule.kind ?? (facts.decimals + facts.hugeIntegers > 0 ? .continuous : .integer)
    let made = self.column(column, described: ColumnSchema(name: names[column], kind: kind))
    return (ColumnSummary(estimating: made, present: facts.present), made)
  }

  /// Whether at least as many distinct texts as a dictionary is given up for: so for any cut into chunks.
  private func hasManyTexts(_ column: Int) -> Bool {
    if chunks.contains(where: { $0.isHeldAsNumbers[column] }) { return true }
    var texts = TextDictionary(capacity: 4 * ScannedChunk.manyDistinct)
    defer { texts.deallocate() }
    for chunk in chunks {
      chunk.forEachKey(of: column, base: source.base) { key, text, _ in
        _ = texts.code(key: key, text: text, base: source.base)
      }
      if texts.count >= ScannedChunk.manyDistinct { return true }
    }
    return false
  }
}

extension ColumnSummary {
  init(estimating column: Column, present: Int) {
    distinct = min(present, max(ScannedChunk.manyDistinct, DistinctEstimate(column).count))
    isEstimate = true
  }
}
