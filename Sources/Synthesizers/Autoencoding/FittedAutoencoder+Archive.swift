import MynahEncoders
import MynahTensors

extension FittedAutoencoder {
  private static var weights: String { "decoder." }

  /// Hyperparameters, encoders and the label's frequencies as JSON; the decoder's tensors by path.
  public func write(to archive: inout ModelArchive) throws {
    try archive.encode(hyperparameters, as: "hyperparameters")
    try archive.encode(encoder, as: "encoder")
    if let label { try archive.encode(label.counts, as: "label_counts") }
    for (path, value) in decoder.parameters.values { archive.tensors[Self.weights + path] = value }
  }

  /// - Throws: `SynthesisError` when something is absent or does not fit.
  public init(from archive: ModelArchive) throws {
    let settings = try archive.decodeHyperparameters(Settings.self)
    try settings.validate()
    let encoder = try archive.decode(FittedTableEncoder.self, "encoder")
    let design = settings.design
    let place = try design.conditionColumn.flatMap { name throws(SynthesisError) in
      try LabelColumn.place(of: name, in: encoder)
    }
    let label = try place.map { place throws(SynthesisError) in
      let counts = try archive.decode([Int].self, "label_counts")
      guard counts.count == place.cardinality, counts.allSatisfy({ $0 >= 0 && $0 <= Int(Int32.max) }),
        counts.contains(where: { $0 > 0 })
      else { throw SynthesisError("the model file's label counts do not fit its encoders") }
      return LabelColumn(place, counts: counts)
    }
    // Every shape is checked against the file's tensors before a decoder of that size is made.
    guard let shapes = RowDecoder.shapes(design, encoder.layout, labels: label?.counts.count ?? 0) else {
      throw SynthesisError("the model file's hyperparameters describe an impossibly large network")
    }
    var values: [String: Tensor] = [:]
    for (path, shape) in shapes { values[path] = try archive.tensor(Self.weights + path, shape, .float32) }
    if let deviations = values["deviations"], !deviations.floats.allSatisfy({ $0 >= 0 && $0.isFinite }) {
      throw SynthesisError("the model file's deviations must not be below 0")
    }
    do {
      try self.init(settings, encoder: encoder, label: label, decoder: values)
    } catch { throw SynthesisError("model file: \(error)") }
  }
}

extension RowDecoder {
  /// The shape of every tensor, so that a file can be checked before anything is allocated. Nil on overflow.
  static func shapes(_ design: AutoencoderDesign, _ layout: EncodedLayout, labels: Int) -> [String: [Int]]? {
    var result: [String: [Int]] = [:]
    var inputs = design.latentDimension
    for (index, width) in (design.decoderDimensions + [layout.width]).enumerated() {
      let name = index < design.decoderDimensions.count ? "hidden.\(index)" : "output"
      let (sum, overflows) = inputs.addingReportingOverflow(labels)
      guard !overflows, !sum.multipliedReportingOverflow(by: max(1, width)).overflow else { return nil }
      result[name + ".weight"] = [sum, width]
      result[name + ".bias"] = [width]
      inputs = width
    }
    let scalars = layout.scalarBlocks.count
    if scalars > 0 { result["deviations"] = [scalars] }
    return result
  }
}
