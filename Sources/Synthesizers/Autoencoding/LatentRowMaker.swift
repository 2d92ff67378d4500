import MynahEncoders
import MynahNeuralNetworks
import MynahParallelism
import MynahRandomness
import MynahTensors

/// Draws encoded rows from a trained decoder: z from the standard normal distribution, then each level from its softmax
/// and each scalar from its normal distribution.
///
/// Rows are made in pieces of a fixed size, each with random numbers of its own and each from start to end on one thread,
/// so that its intermediate results stay in that core's cache. Memory does not grow with the number of rows beyond the
/// compact table.
struct LatentRowMaker {
  private let layout: EncodedLayout
  private let label: LabelColumn?
  private let heads: OutputHeads
  private let decoder: ConcatenatingLayers
  private let deviations: [Float]
  private let latent: Int
  private let sampling: LevelSampling

  private static let piece = 240

  init<Settings>(_ model: FittedAutoencoder<Settings>) {
    let design = model.hyperparameters.design
    layout = model.encoder.layout
    label = model.label
    heads = OutputHeads(layout, temperature: 1)
    decoder = model.decoder.forInference
    deviations = model.decoder.deviations?.value.floats ?? []
    latent = design.latentDimension
    sampling = design.sampling
  }

  /// `count` rows; each has the label's code `asked`, or one drawn by its frequency.
  func rows(_ count: Int, asked: Int?, using random: RandomSource) -> EncodedTable {
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
    _ count: Int, _ asked: Int?, into drawn: UnsafeMutablePointer<UInt32>, using random: inout RandomSource
  ) {
    let labels = label.map { label in
      asked.map { Array(repeating: Int32($0), count: count) } ?? label.draw(count, using: &random)
    }
    let logits = decoder(.normal([count, latent], using: &random), codes: labels ?? [])
    switch sampling {
    case .draw: heads.draw(logits, into: drawn, using: &random)
    case .argmax: heads.draw(logits, noise: .zeros(logits.shape), into: drawn)
    }
    drawScalars(logits, into: drawn, using: &random)
    guard let label, let labels else { return }
    for (row, code) in labels.enumerated() { drawn[row * layout.placements.count + label.block] = UInt32(code) }
  }

  /// x ~ N(μ, σ²), with μ the tanh that is drawn already, or the output itself.
  private func drawScalars(
    _ logits: Tensor, into drawn: UnsafeMutablePointer<UInt32>, using random: inout RandomSource
  ) {
    guard !deviations.isEmpty else { return }
    let (count, scalars, spans) = (logits.shape[0], deviations.count, layout.placements.count)
    let noise = Tensor.normal([count, scalars], using: &random)
    logits.withUnsafeElements(as: Float.self) { logits in
      noise.withUnsafeElements(as: Float.self) { noise in
        for (index, block) in layout.scalarBlocks.enumerated() {
          let placement = layout.placements[block]
          let isTanh = placement.span.head == .tanh
          for row in 0..<count {
            let place = drawn + row * spans + block
            let mean = isTanh ? Float(bitPattern: place.pointee) : logits[row * layout.width + placement.offset]
            place.pointee = (mean + deviations[index] * noise[row * scalars + index]).bitPattern
          }
        }
      }
    }
  }
}

extension RowDecoder {
  fileprivate var forInference: ConcatenatingLayers {
    ConcatenatingLayers(
      (hidden + [output]).map { ($0.weight.value.detached, $0.biasOrZero) }, codeWidth: labelCount, isChained: true)
  }
}
