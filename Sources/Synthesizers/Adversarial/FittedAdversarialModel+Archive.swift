import MynahEncoders
import MynahRandomness
import MynahTensors

extension FittedAdversarialModel {
  private static var weights: String { "generator." }

  /// Hyperparameters, encoders and level counts as JSON; the generator's tensors by path.
  public func write(to archive: inout ModelArchive) throws {
    try archive.encode(settings, as: "hyperparameters")
    try archive.encode(encoder, as: "encoder")
    try archive.encode(levelCounts, as: "level_counts")
    for (path, value) in generator.parameters.values { archive.tensors[Self.weights + path] = value }
  }

  /// - Throws: `SynthesisError` when something is absent or does not fit.
  public init(from archive: ModelArchive) throws {
    let settings = try archive.decodeHyperparameters(Settings.self)
    try settings.validate()
    let encoder = try archive.decode(FittedTableEncoder.self, "encoder")
    let counts = try archive.decode([[Int]].self, "level_counts")
    let (layout, space) = (encoder.layout, try ConditionSpace(settings.conditioning, encoder))
    guard counts.map(\.count) == space.columns.map(\.cardinality),
      counts.allSatisfy({ $0.allSatisfy { $0 >= 0 && $0 <= Int(Int32.max) } && $0.contains { $0 > 0 } })
    else { throw SynthesisError("the model file's level counts do not fit its encoders") }

    // Every shape is checked against the file's tensors before a generator of that size is made.
    guard
      let shapes = Generator.shapes(
        noise: settings.embeddingDimension, condition: space.width, hidden: settings.generatorDimensions,
        width: layout.width)
    else { throw SynthesisError("the model file's hyperparameters describe an impossibly large network") }
    var values: [String: Tensor] = [:]
    for (path, shape) in shapes {
      values[path] = try archive.tensor(Self.weights + path, shape, .float32)
    }
    let generator: Generator
    do {
      generator = try Generator(settings, layout, space, values: values)
    } catch { throw SynthesisError("model file: \(error)") }
    self.init(settings: settings, encoder: encoder, space: space, levelCounts: counts, generator: generator)
  }
}
