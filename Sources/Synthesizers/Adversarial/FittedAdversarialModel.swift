import Foundation
import MynahEncoders
import MynahNeuralNetworks
import MynahRandomness
import MynahTables
import MynahTensors

/// A trained adversarial model: the generator, the encoders, and how often each level that it is told occurs.
public struct FittedAdversarialModel<Settings: AdversarialSynthesizer>: FittedSynthesizer {
  public static var identifier: String { Settings.identifier }
  let settings: Settings
  let encoder: FittedTableEncoder
  let space: ConditionSpace
  /// Rows of the training table by level, for each column of the space.
  let levelCounts: [[Int]]
  let generator: Generator

  public var schema: Schema { encoder.schema }
  /// The hyperparameters it was fitted with.
  public var hyperparameters: Settings { settings }

  /// New rows.
  ///
  /// Without conditions, the condition vector follows the levels' real frequencies. With conditions, the rarest level
  /// among those that the generator can be told is asked of it and set by construction, and rows that miss another one
  /// are drawn again.
  /// Batch normalisation uses its running moments, so a row does not depend on the rows beside it.
  ///
  /// - Throws: `SynthesisError` for a condition on an unknown column or level, and when next to no row meets them all.
  public func sample(_ request: SamplingRequest, using random: inout RandomSource) throws -> Table {
    let plan = try ConditionPlan(request.conditions, schema: schema, domains: encoder.domains)
    let asked = AskedLevel(plan, encoder: encoder, space: space, levelCounts: levelCounts)
    let rest = asked.map { plan.dropping(column: $0.column) } ?? plan
    let maker = RowMaker(self)
    func settled(_ table: Table) throws -> Table { try asked?.settled(table, encoder) ?? table }
    guard !rest.isEmpty else {
      let rows = maker.rows(request.count, asked, using: random.split())
      return try settled(encoder.decode(rows, firstRow: request.firstRow, using: &random))
    }
    return try rejectionSampled(request, meeting: rest, schema: schema, using: &random) { count, random in
      try settled(encoder.decodeNameless(maker.rows(count, asked, using: random.split()), using: &random))
    } naming: { table, random in
      try encoder.namingRows(of: table, firstRow: request.firstRow, using: &random)
    }
  }
}
