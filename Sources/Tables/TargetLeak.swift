/// Finds columns that give the target away.
///
/// A column leaks when knowing its value nearly always tells the target: over the rows whose value stands in at least
/// five rows, which must be nine tenths of all, guessing the most frequent target of each value removes 99 % of the
/// errors that guessing the overall most frequent target makes. Numbers that hardly repeat are judged by their order
/// (`accuracy(of:)`), texts that hardly repeat are not.
struct TargetLeak {
  let targets: [Int32]
  let targetCount: Int

  /// Nil when the target has too many values (more than 100) or only one.
  init?(_ file: ScannedFile, target: Int) {
    guard let (codes, count) = file.repeatedCodes(of: target, limit: 100), count > 1 else { return nil }
    (targets, targetCount) = (codes, count)
  }

  /// The share of rows that the column's value tells right, when that is a leak.
  func accuracy(_ file: ScannedFile, column: Int, schema: ColumnSchema, made: Column?) -> Double? {
    guard let (codes, count) = file.repeatedCodes(of: column, limit: max(12, file.rowCount / 10)) else {
      guard [.continuous, .integer, .datetime].contains(schema.kind) else { return nil }
      return accuracy(of: made ?? file.column(column, described: schema))
    }
    guard count > 1 else { return nil }
    var table = [Int32](repeating: 0, count: count * targetCount)
    var totals = [Int](repeating: 0, count: targetCount)
    for row in codes.indices {
      table[Int(codes[row]) * targetCount + Int(targets[row])] += 1
    }
    var (judged, right) = (0, 0)
    for value in 0..<count {
      let own = table[value * targetCount..<(value + 1) * targetCount]
      let sum = own.reduce(0) { $0 + Int($1) }
      guard sum >= 5 else { continue }
      judged += sum
      right += Int(own.max() ?? 0)
      for (target, number) in own.enumerated() { totals[target] += Int(number) }
    }
    guard judged * 10 >= codes.count * 9, judged > 0 else { return nil }
    let wrong = Double(judged - right)
    let wrongBefore = Double(judged - (totals.max() ?? 0))
    guard wrongBefore > 0, wrong <= 0.01 * wrongBefore else { return nil }
    return Double(right) / Double(judged)
  }
}

extension ScannedFile {
  /// The texts of a column as numbers 0, 1, …, or nil when there are more than `limit` or they hardly repeat.
  func repeatedCodes(of column: Int, limit: Int) -> (codes: [Int32], count: Int)? {
    guard chunks.allSatisfy({ $0.entries[column] != nil }) else { return nil }
    var texts = TextDictionary(capacity: 64)
    defer { texts.deallocate() }
    var codes: [Int32] = []
    codes.reserveCapacity(rowCount)
    for chunk in chunks {
      guard let entries = chunk.entries[column] else { return nil }
      let table = entries.texts.indices.map { code in
        Int32(texts.code(key: entries.keys[code], text: FieldText(packed: entries.texts[code]), base: source.base))
      }
      if texts.count > limit { return nil }
      let own = chunk.codes + column * chunk.rowCapacity
      for row in 0..<chunk.rows { codes.append(table[Int(own[row])]) }
    }
    return (codes, texts.count)
  }
}
