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
    var place: EncodedLayout.DiscreteColumn?
    let data = try TrainingData(table, encoders: design.encoders, for: settings, using: &random, observer: observer) {
      encoder in
      place = try design.conditionColumn.flatMap { name throws(SynthesisError) in
        try LabelColumn.place(of: name, in: encoder)
      }
      try design.memory(encoder.layout, labels: place?.cardinality ?? 0, batchSize: settings.batchSize)
        .check(names: table.schema.columns.map(\.name), encoder.layout)
    }
    let label = place.flatMap { place -> LabelColumn? in
      guard case .codes(let codes) = data.encoded.blocks[place.block] else { return nil }
      var counts = [Int](repeating: 0, count: codes.cardinality)
      for row in 0..<codes.count { counts[codes[row]] += 1 }
      return LabelColumn(place, counts: counts)
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
  /// A condition on the label's column is met by construction; rows that miss another one are drawn again.
  ///
  /// - Throws: `SynthesisError` for a condition on an unknown column or level, and when next to no row meets them all.
  public func sample(_ request: SamplingRequest, using random: inout RandomSource) throws -> Table {
    let plan = try ConditionPlan(request.conditions, schema: schema, domains: encoder.domains)
    let asked = label.flatMap { AskedLabel(plan, $0, in: encoder) }
    let rest = asked.map { plan.dropping(column: $0.column) } ?? plan
    let maker = LatentRowMaker(self)
    guard !rest.isEmpty else {
      let rows = maker.rows(request.count, asked: asked?.code, using: random.split())
      let table = try encoder.decode(rows, firstRow: request.firstRow, using: &random)
      return try asked?.setting(table) ?? table
    }
    return try rejectionSampled(request, meeting: rest, schema: schema, using: &random) { count, random in
      let rows = maker.rows(count, asked: asked?.code, using: random.split())
      let table = try encoder.decodeNameless(rows, using: &random)
      return try asked?.setting(table) ?? table
    } naming: { table, random in
      try encoder.namingRows(of: table, firstRow: request.firstRow, using: &random)
    }
  }
}
