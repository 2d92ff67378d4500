import MynahEncoders
import MynahRandomness
import MynahTables

/// A table made ready for training: encoders fitted, a part held out, the rest encoded compactly.
public struct TrainingData {
  /// Fitted to the whole table, so that every level can be asked for.
  public let encoder: FittedTableEncoder
  /// The rows to train on.
  public let encoded: EncodedTable
  /// The rows held out; nil for none.
  public let heldOut: Table?

  private static let leastRows = 500
  private static let mostHeldOut = 10_000

  /// - Parameters:
  ///   - table: what is to be learned.
  ///   - encoders: how columns are encoded.
  ///   - synthesizer: says which share is held out.
  ///   - random: draws the rows held out, and whatever encoders draw.
  ///   - observer: told of the stages.
  ///   - check: called with the layout before anything is encoded, to refuse what can never fit into memory.
  /// - Throws: `SynthesisError` for a table of fewer than two rows; `TableError` for values that cannot be encoded.
  public init(
    _ table: Table, encoders: TableEncoder = TableEncoder(), for synthesizer: some IterativeSynthesizer,
    using random: inout RandomSource, observer: any TrainingObserver,
    check: (FittedTableEncoder) throws -> Void = { _ in }
  ) throws {
    guard table.rowCount >= 2 else {
      throw SynthesisError(
        "a table of \(table.rowCount) row\(table.rowCount == 1 ? "" : "s") is too small to learn from; at least 2 are needed"
      )
    }
    observer.stageBegan("fitting encoders")
    encoder = try encoders.fitted(to: table, using: &random)
    try check(encoder)
    observer.stageBegan("encoding")
    var splitting = random.split()
    var rows = try encoder.encode(table, using: &random)
    let held =
      table.rowCount < Self.leastRows
      ? [] : Self.heldOutRows(of: rows, share: synthesizer.validationFraction, using: &splitting)
    if !held.isEmpty { rows.exclude(held) }
    encoded = rows
    heldOut = held.isEmpty ? nil : table.gathering(held)
  }

  /// Rows drawn at random, ascending, except those without which training would never see a level that models can be asked
  /// for, missing values and the rest of rare levels being such.
  private static func heldOutRows(of table: EncodedTable, share: Double, using random: inout RandomSource) -> [Int] {
    let count = min(mostHeldOut, Int(share * Double(table.rowCount)))
    var drawn: Set<Int> = []
    // At most as many as half of the rows are drawn one by one; beyond, those that are not held out.
    let isMost = count > table.rowCount / 2
    while drawn.count < (isMost ? table.rowCount - count : count) { drawn.insert(random.index(below: table.rowCount)) }
    var rows = isMost ? (0..<table.rowCount).filter { !drawn.contains($0) } : drawn.sorted()
    for column in table.layout.discreteColumns {
      guard case .codes(let codes) = table.blocks[column.block] else { continue }
      var kept = [Int](repeating: 0, count: codes.cardinality)
      for row in 0..<codes.count { kept[codes[row]] += 1 }
      for row in rows { kept[codes[row]] -= 1 }
      rows.removeAll { kept[codes[$0]] == 0 }
    }
    return rows
  }
}
