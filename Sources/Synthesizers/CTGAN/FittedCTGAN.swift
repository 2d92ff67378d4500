import Foundation
import MynahEncoders
import MynahNeuralNetworks
import MynahRandomness
import MynahTables
import MynahTensors

/// A trained CTGAN: the generator, the encoders, and how often each level occurs.
public struct FittedCTGAN: FittedSynthesizer {
  public static let identifier = CTGAN.identifier
  let settings: CTGAN
  let encoder: FittedTableEncoder
  /// Rows of the training table by level, for each discrete column.
  let levelCounts: [[Int]]
  let generator: Generator

  public var schema: Schema { encoder.schema }
  /// The hyperparameters it was fitted with.
  public var hyperparameters: CTGAN { settings }

  /// `count` new rows.
  ///
  /// Without conditions, the condition vector follows the levels' real frequencies. With conditions, the rarest level
  /// among them is asked of the generator and set by construction, and rows that miss another one are drawn again.
  /// Batch normalisation uses its running moments, so a row does not depend on the rows beside it.
  ///
  /// - Throws: `SynthesisError` for a condition on an unknown column or level, and when next to no row meets them all.
  public func sample(_ count: Int, given conditions: [Condition], using random: inout RandomSource) throws -> Table {
    let plan = try ConditionPlan(conditions, encoder: encoder, levelCounts: levelCounts)
    guard plan.needsRejection else { return try draw(count, plan, using: &random) }
    var search = RejectionSearch(plan: plan, wanted: count)
    while let next = search.nextCount { search.take(try draw(next, plan, using: &random)) }
    return try search.result(schema: schema)
  }

  /// Rows per pass through the generator.
  private static let chunk = 4_096

  private func draw(_ count: Int, _ plan: ConditionPlan, using random: inout RandomSource) throws -> Table {
    let layout = encoder.layout
    let sampler = ConditionSampler(layout, counts: levelCounts)
    let heads = OutputHeads(layout, temperature: settings.temperature)
    var context = ForwardContext(phase: .inference, random: random.split())
    var collector = RowCollector(layout: layout, rowCount: count)
    if layout.width > 0 {
      withoutRecording {
        for start in stride(from: 0, to: count, by: Self.chunk) {
          let rows = min(Self.chunk, count - start)
          let drawn = plan.batch(rows) ?? sampler.draw(rows, by: .real, using: &context.random)
          let noise = Tensor.normal([rows, settings.embeddingDimension], using: &context.random)
          let logits = generator(
            CTGANGame.input(noise, drawn.codes, width: layout.conditionWidth), in: &context)
          var encoded = heads.drawn(logits, using: &context.random)
          encoded.withUniqueElements(as: Float.self) { output in
            Self.impose(drawn, on: output, sampler.columns, width: layout.width)
            if let base = output.baseAddress {
              collector.collect(activated: base, rows: start..<start + rows)
            }
          }
        }
      }
    }
    return try encoder.decode(collector.table, using: &random)
  }

  /// Makes each row's conditioned span say the level that was asked for.
  private static func impose(
    _ batch: ConditionSampler.Batch, on output: UnsafeMutableBufferPointer<Float>,
    _ columns: [EncodedLayout.DiscreteColumn], width: Int
  ) {
    for (row, (column, level)) in zip(batch.columns, batch.levels).enumerated() {
      let span = columns[column]
      for i in 0..<span.cardinality { output[row * width + span.offset + i] = i == Int(level) ? 1 : 0 }
    }
  }
}
