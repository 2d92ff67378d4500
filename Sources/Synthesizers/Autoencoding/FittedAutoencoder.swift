import MynahEncoders
import MynahNeuralNetworks
import MynahRandomness
import MynahTables
import MynahTensors

/// A trained variational autoencoder of rows: its decoder, and the encoders of the columns.
public struct FittedAutoencoder<Settings: VariationalSynthesizer>: FittedSynthesizer {
  public static var identifier: String { Settings.identifier }
  /// The hyperparameters it was fitted with.
  public let hyperparameters: Settings
  let encoder: FittedTableEncoder
  let label: LabelColumn?
  let decoder: RowDecoder

  public var schema: Schema { encoder.schema }

  /// Learns a table.
  ///
  /// - Throws: `SynthesisError` when the hyperparameters or the table make training impossible, `TrainingDiverged` when
  ///   training goes wrong.
  public init(
    _ settings: Settings, trainedOn table: Table, using random: inout RandomSource, observer: any TrainingObserver
  ) throws {
    let design = settings.design
    let data = try TrainingData(table, encoders: design.encoders, for: settings, using: &random, observer: observer)
    let place = try design.conditionColumn.flatMap { name throws(SynthesisError) in
      try LabelColumn.place(of: name, in: data.encoder)
    }
    let indexes = data.encoded.rowIndexes()
    let label = place.flatMap { place in
      data.encoder.layout.discreteColumns.firstIndex(of: place).map { discrete in
        LabelColumn(place, counts: (0..<place.cardinality).map(indexes[discrete].count(of:)))
      }
    }
    var training = AutoencoderTraining(
      settings, encoder: data.encoder, encoded: data.encoded, label: label, using: &random)
    self = try TrainingLoop(settings, heldOut: data.heldOut, observer: observer).train(&training, using: &random)
  }

  /// - Parameter values: of the decoder's parameters.
  /// - Throws: `ParameterMismatch` when one is absent or has another shape.
  init(
    _ settings: Settings, encoder: FittedTableEncoder, label: LabelColumn?, decoder values: [String: Tensor]
  ) throws(ParameterMismatch) {
    var random = RandomSource(seed: 0)
    let design = settings.design
    let decoder = RowDecoder(
      encoder.layout, design.decoderDimensions, latent: design.latentDimension, label: label, using: &random)
    try decoder.parameters.assign(values)
    hyperparameters = settings
    self.encoder = encoder
    self.label = label
    self.decoder = decoder
  }

  /// New rows.
  ///
  /// - Throws: `SynthesisError` for a condition on an unknown column or level, and when next to no row meets them all.
  public func sample(_ request: SamplingRequest, using random: inout RandomSource) throws -> Table {
    let (count, firstRow) = (request.count, request.firstRow)
    let plan = try ConditionPlan(
      request.conditions, encoder: encoder, levelCounts: label.map { [$0] } ?? [])
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
    LatentRowMaker(self).rows(count, using: random.split())
  }
}
