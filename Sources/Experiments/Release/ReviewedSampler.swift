import MynahEvaluation
import MynahSynthesizers
import MynahTables

/// Draws rows without those that a reviewer has rejected; others are drawn in their place.
struct ReviewedSampler {
  let sampler: RowSampler
  let review: Review?

  /// Pieces of nothing but rejected rows after which there is no hope.
  private static let mostVainPieces = 20

  /// Writes the rows as CSV.
  ///
  /// - Returns: How many rows were rejected.
  /// - Throws: `TableError` where the file cannot be written; `SynthesisError` where the model makes nothing but rejected rows.
  func write(_ rows: Int, to path: String) throws -> Int {
    guard let review, review.rows.contains(where: { $0.decision == .rejected }) else {
      try sampler.write(rows, to: path)
      return 0
    }
    let writer = try CSVWriter(path: path, schema: sampler.schema)
    if let temporary = writer.temporaryPath { TemporaryPaths.insert(temporary) }
    let temporary = writer.temporaryPath
    defer { if let temporary { TemporaryPaths.remove(temporary) } }
    var (written, rejected, vain, piece) = (0, 0, 0, 0)
    while written < rows {
      guard vain < Self.mostVainPieces else {
        throw SynthesisError("the model makes nothing but rows that the review rejects")
      }
      let before = written
      try sampler.sample(rows - written, fromPiece: piece) { table in
        piece += 1
        let bad = review.rows(.rejected, in: table)
        rejected += bad.count
        written += table.rowCount - bad.count
        try writer.write(
          bad.isEmpty ? table : table.gathering((0..<table.rowCount).filter { !bad.contains($0) }))
      }
      vain = written == before ? vain + 1 : 0
    }
    try writer.finish()
    return rejected
  }
}
