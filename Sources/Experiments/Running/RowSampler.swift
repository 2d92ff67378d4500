import MynahRandomness
import MynahSynthesizers
import MynahTables
import Synchronization

/// Makes rows piece by piece, so that memory does not grow with their number. Which rows come depends on the seed only.
public struct RowSampler {
  /// Rows made at a time.
  public static let chunkSize = 50_000

  private let model: any FittedSynthesizer
  private let conditions: [Condition]
  private let random: RandomSource
  private let tally = RejectionTally()

  /// - Throws: `SynthesisError` when a condition cannot be met by any row, or two contradict each other.
  public init(
    _ model: any FittedSynthesizer, conditions: [Condition] = [], seed: UInt64
  ) throws(SynthesisError) {
    _ = try ConditionPlan(conditions, schema: model.schema)
    self.model = model
    self.conditions = conditions
    random = RandomSource(seed: seed).stream(for: ModelFile.Purpose.sampling.rawValue)
  }

  public var schema: Schema { model.schema }
  /// Of how many rows drawn so far how many met the conditions; nil where no rows had to be drawn again.
  public var rejection: (drawn: Int, accepted: Int)? { tally.counts.withLock { $0 } }

  /// Writes the rows as CSV; "-" is standard output.
  ///
  /// - Throws: `TableError` where the file cannot be written; nothing is left then.
  public func write(_ rows: Int, to path: String) throws {
    // Nobody who reads a pipe is sent the header of a table that cannot be made.
    if path == "-", rows > 0 { try check() }
    let writer = try CSVWriter(path: path, schema: schema)
    let temporary = writer.temporaryPath
    if let temporary { TemporaryPaths.insert(temporary) }
    defer { if let temporary { TemporaryPaths.remove(temporary) } }
    try sample(rows) { try writer.write($0) }
    try writer.finish()
  }

  /// Draws a row that is not used, for the errors that only drawing shows.
  private func check() throws {
    var random = random.stream(for: .max)
    _ = try model.sample(SamplingRequest(1, given: conditions), using: &random)
  }

  /// Calls `body` with the rows in order, `chunkSize` at a time.
  ///
  /// - Parameters:
  ///   - rows: how many.
  ///   - first: the piece to begin with, where earlier ones have been drawn already.
  ///   - body: gets each piece.
  /// - Throws: What the model throws for a condition it cannot meet, and what `body` throws.
  public func sample(_ rows: Int, fromPiece first: Int = 0, _ body: (Table) throws -> Void) throws {
    var start = 0
    while start < rows {
      let count = min(Self.chunkSize, rows - start)
      let piece = first + start / Self.chunkSize
      var chunk = random.stream(for: UInt64(piece))
      let request = SamplingRequest(
        count, given: conditions, firstRow: piece * Self.chunkSize, observer: tally)
      try body(try model.sample(request, using: &chunk))
      start += count
    }
  }
}

/// Adds up what the pieces report.
final class RejectionTally: SamplingObserver {
  let counts = Mutex<(drawn: Int, accepted: Int)?>(nil)

  func rejectionEnded(drawn: Int, accepted: Int) {
    counts.withLock { $0 = (($0?.drawn ?? 0) + drawn, ($0?.accepted ?? 0) + accepted) }
  }
}
