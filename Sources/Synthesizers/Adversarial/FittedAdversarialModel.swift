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
    let (count, firstRow) = (request.count, request.firstRow)
    let plan = try ConditionPlan(request.conditions, encoder: encoder, space: space, levelCounts: levelCounts)
    guard plan.needsRejection, count > 0 else {
      return try encoder.decode(draw(count, plan, using: &random), firstRow: firstRow, using: &random)
    }
    var search = RejectionSearch(plan: plan, wanted: count)
    while let next = search.nextCount {
      search.take(try encoder.decodeNameless(draw(next, plan, using: &random), using: &random))
    }
    return try encoder.namingRows(of: search.result(), firstRow: firstRow, using: &random)
  }

  private func draw(_ count: Int, _ plan: ConditionPlan, using random: inout RandomSource) -> EncodedTable {
    RowMaker(self).rows(count, plan, using: random.split())
  }
}
