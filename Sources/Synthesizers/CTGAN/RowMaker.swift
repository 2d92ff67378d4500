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
  private let generator: FoldedGenerator
  private let noise: Int

  private static let piece = 512

  init(_ model: FittedCTGAN) {
    layout = model.encoder.layout
    sampler = ConditionSampler(layout, counts: model.levelCounts)
    heads = OutputHeads(layout, temperature: model.settings.temperature)
    generator = FoldedGenerator(model.generator)
    noise = model.settings.embeddingDimension
  }

  /// `count` rows; each has the level that `plan` asks of the generator.
  func rows(_ count: Int, _ plan: ConditionPlan, using random: RandomSource) -> EncodedTable {
    var collector = RowCollector(layout: layout, rowCount: count)
    let width = layout.width
    guard width > 0 else { return collector.table }
    // As many pieces at a time as fit in 16 MB of dense rows.
    let pieces = max(1, min(16, (4 << 20) / (Self.piece * width)))
    let room = UnsafeMutablePointer<Float>.allocate(capacity: pieces * Self.piece * width)
    defer { room.deallocate() }
    for start in stride(from: 0, to: count, by: pieces * Self.piece) {
      let end = min(count, start + pieces * Self.piece)
      parallelChunks(of: end - start, size: Self.piece) { part in
        var own = random.stream(for: UInt64((start + part.lowerBound) / Self.piece))
        make(part.count, plan, into: room + part.lowerBound * width, using: &own)
      }
      collector.collect(activated: room, rows: start..<end)
    }
    return collector.table
  }

  private func make(
    _ count: Int, _ plan: ConditionPlan, into output: UnsafeMutablePointer<Float>, using random: inout RandomSource
  ) {
    let conditions = plan.batch(count) ?? sampler.draw(count, by: .real, using: &random)
    let noise = Tensor.normal([count, noise], using: &random)
    let logits = generator(CTGANGame.input(noise, conditions.codes, width: layout.conditionWidth))
    let drawn = heads.drawn(logits, using: &random)
    drawn.withUnsafeElements(as: Float.self) { drawn in
      if let base = drawn.baseAddress { output.update(from: base, count: drawn.count) }
    }
    // The conditioned span says the level that was asked for.
    for (row, (column, level)) in zip(conditions.columns, conditions.levels).enumerated() {
      let span = sampler.columns[column]
      let place = output + row * layout.width + span.offset
      for i in 0..<span.cardinality { place[i] = i == Int(level) ? 1 : 0 }
    }
  }
}

/// A generator for inference: with running moments, batch normalisation is a factor and a term by column, which the
/// linear layer before it takes in.
struct FoldedGenerator {
  private let layers: [(weight: Tensor, bias: Tensor)]
  private let output: (weight: Tensor, bias: Tensor)

  init(_ generator: Generator) {
    (layers, output) = withoutRecording {
      let layers = generator.blocks.map { block in
        let (linear, norm) = (block.linear, block.norm)
        let factor = norm.scale.value * (norm.runningVariance.value + norm.epsilon).power(-0.5)
        let term = norm.shift.value - norm.runningMean.value * factor
        return ((linear.weight.value * factor).detached, (linear.biasOrZero * factor + term).detached)
      }
      return (layers, (generator.output.weight.value.detached, generator.output.biasOrZero))
    }
  }

  /// Logits of noise and conditions.
  func callAsFunction(_ input: [InputBlock]) -> Tensor {
    var blocks = input
    for layer in layers { blocks.insert(.dense(linear(blocks, weight: layer.weight, bias: layer.bias).relu()), at: 0) }
    return linear(blocks, weight: output.weight, bias: output.bias)
  }
}
