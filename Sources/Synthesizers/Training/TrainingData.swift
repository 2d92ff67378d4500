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
    let whole = try encoder.encode(table, using: &random)
    let rows =
      table.rowCount < Self.leastRows
      ? [] : Self.heldOutRows(of: table, share: synthesizer.validationFraction, using: &splitting)
    encoded = rows.isEmpty ? whole : whole.excluding(rows)
    heldOut = rows.isEmpty ? nil : table.gathering(rows)
  }

  /// Rows drawn at random, ascending, except those without which training would never see one of their levels.
  private static func heldOutRows(of table: Table, share: Double, using random: inout RandomSource) -> [Int] {
    let count = min(mostHeldOut, Int(share * Double(table.rowCount)))
    guard count > 0 else { return [] }
    var rows = random.permutation(table.rowCount).prefix(count).sorted()
    for column in table.columns {
      guard case .categorical(let codes, let levels, _) = column else { continue }
      var kept = [Int32](repeating: 0, count: levels.count)
      for (row, code) in codes.enumerated() where !column.isMissing(row) { kept[Int(code)] += 1 }
      for row in rows where !column.isMissing(row) { kept[Int(codes[row])] -= 1 }
      rows.removeAll { !column.isMissing($0) && kept[Int(codes[$0])] == 0 }
    }
    return rows
  }
}
