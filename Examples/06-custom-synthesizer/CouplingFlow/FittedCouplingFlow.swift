import Mynah

/// A trained flow: its parameters and the table's encoders.
public struct FittedCouplingFlow: FittedSynthesizer {
  public static let identifier = CouplingFlow.identifier
  private let settings: CouplingFlow
  private let encoder: FittedTableEncoder
  private let flow: Flow

  public var schema: Schema { encoder.schema }

  init(_ settings: CouplingFlow, encoder: FittedTableEncoder, values: [String: Tensor]) throws {
    (self.settings, self.encoder) = (settings, encoder)
    var random = RandomSource(seed: 0)
    flow = Flow(width: encoder.layout.width, layers: settings.layers, hidden: settings.hidden, using: &random)
    do {
      try flow.parameters.assign(values)
    } catch { throw SynthesisError("the flow's parameters: \(error)") }
  }

  /// Noise through the inverse of the flow. Conditions on any columns are met by drawing rows again.
  public func sample(_ request: SamplingRequest, using random: inout RandomSource) throws -> Table {
    try rejectionSampled(request, schema: schema, using: &random) { count, random in
      var rows = RowCollector(layout: encoder.layout, rowCount: count)
      var context = ForwardContext(phase: .inference, random: random.split())
      for start in stride(from: 0, to: count, by: 2_000) {
        let part = start..<min(start + 2_000, count)
        let noise = Tensor.normal([part.count, encoder.layout.width], using: &random)
        let made = withoutRecording { flow.rows(from: noise, in: &context) }
        made.withUnsafeElements(as: Float.self) { numbers in
          if let first = numbers.baseAddress { rows.collect(activated: first, rows: part) }
        }
      }
      return try encoder.decode(rows.table, firstRow: request.firstRow, using: &random)
    }
  }

  // MARK: Model files

  private static let weights = "flow."

  public func write(to archive: inout ModelArchive) throws {
    try archive.encode(settings, as: "hyperparameters")
    try archive.encode(encoder, as: "encoder")
    for (path, value) in flow.parameters.values { archive.tensors[Self.weights + path] = value }
  }

  /// Nothing in a file is believed before it is checked: the settings by `validate`, tensors by their shapes.
  public init(from archive: ModelArchive) throws {
    let settings = try archive.decode(CouplingFlow.self, "hyperparameters")
    try settings.validate()
    let encoder = try archive.decode(FittedTableEncoder.self, "encoder")
    var values: [String: Tensor] = [:]
    for (path, value) in archive.tensors where path.hasPrefix(Self.weights) {
      values[String(path.dropFirst(Self.weights.count))] = value
    }
    try self.init(settings, encoder: encoder, values: values)
  }
}
