import MynahRandomness
import MynahSynthesizers
import MynahTables

/// Makes rows piece by piece, so that memory does not grow with their number. Which rows come depends on the seed only.
public struct RowSampler {
  /// Rows made at a time.
  public static let chunkSize = 50_000

  private let model: any FittedSynthesizer
  private let conditions: [Condition]
  private let random: RandomSource

  /// - Throws: `ExperimentError` when two conditions contradict each other.
  public init(_ model: any FittedSynthesizer, conditions: [Condition] = [], seed: UInt64) throws(ExperimentError) {
    var kept: [Condition] = []
    for condition in conditions where !kept.contains(condition) {
      if let other = kept.first(where: { $0.column == condition.column }) {
        throw ExperimentError(
          "column '\(condition.column)' cannot be both '\(other.value)' and '\(condition.value)'")
      }
      kept.append(condition)
    }
    self.model = model
    self.conditions = kept
    random = RandomSource(seed: seed).stream(for: ModelFile.Purpose.sampling.rawValue)
  }

  public var schema: Schema { model.schema }

  /// Writes the rows as CSV; "-" is standard output.
  ///
  /// - Throws: `TableError` where the file cannot be written; nothing is left then.
  public func write(_ rows: Int, to path: String) throws {
    let writer = try CSVWriter(path: path, schema: schema)
    let temporary = writer.temporaryPath
    if let temporary { TemporaryPaths.insert(temporary) }
    defer { if let temporary { TemporaryPaths.remove(temporary) } }
    try sample(rows) { try writer.write($0) }
    try writer.finish()
  }

  /// Calls `body` with the rows in order.
  ///
  /// - Throws: What the model throws for a condition it cannot meet, and what `body` throws.
  public func sample(_ rows: Int, _ body: (Table) throws -> Void) throws {
    var start = 0
    while start < rows {
      let count = min(Self.chunkSize, rows - start)
      var chunk = random.stream(for: UInt64(start / Self.chunkSize))
      try body(try model.sample(SamplingRequest(count, given: conditions, firstRow: start), using: &chunk))
      start += count
    }
  }
}
