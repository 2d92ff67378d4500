import MynahEncoders
import MynahParallelism
import MynahRandomness
import MynahTensors

/// Draws encoded rows from a trained generator.
///
/// Rows are made in pieces of a fixed size, each with random numbers of its own and each from start to end on one thread,
/// so that its intermediate results stay in that core's cache. Memory does not grow with the number of rows beyond the
/// compact table.
struct RowMaker {
  private let layout: EncodedLayout
  private let sampler: ConditionSampler
  private let heads: OutputHeads
  private let generator: ConcatenatingLayers
  private let noise: Int

  private static let piece = 240

  init(_ model: FittedAdversarialModel<some AdversarialSynthesizer>) {
    layout = model.encoder.layout
    sampler = ConditionSampler(model.space, counts: model.levelCounts)
    heads = OutputHeads(layout, temperature: model.settings.temperature)
    generator = model.generator.folded(codeWidth: model.space.width)
    noise = model.settings.embeddingDimension
  }

  /// `count` rows; each has the level that is asked of the generator.
  func rows(_ count: Int, _ asked: AskedLevel?, using random: RandomSource) -> EncodedTable {
    var collector = RowCollector(layout: layout, rowCount: count)
    guard layout.width > 0 else { return collector.table }
    // As many pieces at a time as fit in 4 MB.
    let spans = layout.placements.count
    let pieces = max(1, min(32, (1 << 20) / (Self.piece * spans)))
    let room = UnsafeMutablePointer<UInt32>.allocate(capacity: pieces * Self.piece * spans)
    defer { room.deallocate() }
    for start in stride(from: 0, to: count, by: pieces * Self.piece) {
      let end = min(count, start + pieces * Self.piece)
      parallelChunks(of: end - start, size: Self.piece) { part in
        var own = random.stream(for: UInt64((start + part.lowerBound) / Self.piece))
        make(part.count, asked, into: room + part.lowerBound * spans, using: &own)
      }
      collector.collect(drawn: room, rows: start..<end)
    }
    return collector.table
  }

  private func make(
    _ count: Int, _ asked: AskedLevel?, into drawn: UnsafeMutablePointer<UInt32>, using random: inout RandomSource
  ) {
    let conditions = asked?.batch(count) ?? sampler.draw(count, by: .real, using: &random)
    let noise = Tensor.normal([count, noise], using: &random)
    let logits = generator(noise, codes: conditions.codes)
    heads.draw(logits, into: drawn, using: &random)
    // The conditioned span says the level that was asked for.
    for (row, (column, level)) in zip(conditions.columns, conditions.levels).enumerated() {
      drawn[row * layout.placements.count + sampler.columns[column].block] = UInt32(level)
    }
  }
}
