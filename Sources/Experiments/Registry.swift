import MynahEncoders
import MynahEvaluation
import MynahOversamplers
import MynahSynthesizers
import MynahTables

/// Maps the `kind` of a generator to its type, and the names of resamplers, column encoders and metrics to theirs. Programs
/// register their own:
///
/// ```swift
/// var registry = Registry.standard
/// registry.register(MyModel.self)
/// registry.register(resampler: MyOversampler.self)
/// registry.register(encoder: MyEncoder.self)
/// registry.register(metric: MyMetric.self)
/// ```
public struct Registry: Sendable {
  private var types: [String: any Synthesizer.Type] = [:]
  private var resamplerTypes: [String: any Resampler.Type] = [:]
  private var metricTypes: [String: any Metric.Type] = Dictionary(
    uniqueKeysWithValues: standardMetrics.map { ($0.identifier, $0) })
  /// The encoders that hyperparameters can choose and model files can hold.
  public private(set) var encoders = EncoderRegistry.standard

  /// No kind at all, and the library's encoders and metrics.
  public init() {}

  /// The kinds that come with the library.
  public static var standard: Registry {
    var registry = Registry()
    registry.register(Bootstrap.self)
    registry.register(ConditionalGAN.self)
    registry.register(ConditionalVAE.self)
    registry.register(CTGAN.self)
    registry.register(GAN.self)
    registry.register(GaussianCopula.self)
    registry.register(Marginals.self)
    registry.register(TVAE.self)
    registry.register(VAE.self)
    registry.register(WGANGP.self)
    for type in standardResamplers { registry.register(resampler: type) }
    return registry
  }

  /// Adds a kind under its `identifier`, in place of one of the same name.
  public mutating func register(_ type: any Synthesizer.Type) { types[type.identifier] = type }

  /// Adds a method of `mynah balance` under its `identifier`, in place of one of the same name. Where a model has that name
  /// too, the method is the resampler.
  public mutating func register(resampler type: any Resampler.Type) { resamplerTypes[type.identifier] = type }

  /// Adds a column encoder under its `identifier`, in place of one of the same name.
  public mutating func register(encoder type: any ColumnEncoder.Type) { encoders.register(type) }

  /// Adds a metric under its `identifier`, in place of one of the same name.
  public mutating func register(metric type: any Metric.Type) { metricTypes[type.identifier] = type }

  /// The registered metrics' identifiers in alphabetical order.
  public var metrics: [String] { metricTypes.keys.sorted() }

  /// - Throws: `ExperimentError` for an unknown metric, with the nearest one.
  public func metric(_ name: String, at place: Place? = nil) throws(ExperimentError) -> any Metric {
    if let type = metricTypes[name] { return type.init() }
    let hint = nearest(to: name, among: metrics).map { "did you mean '\($0)'?" }
    throw ExperimentError(
      "unknown metric '\(name)'; \(hint ?? "the metrics are \(metrics.joined(separator: ", "))")", at: place)
  }

  /// The registered kinds' identifiers in alphabetical order.
  public var kinds: [String] { types.keys.sorted() }

  /// - Throws: `ExperimentError` for an unknown kind, with the nearest one.
  public func synthesizer(_ kind: String, at place: Place? = nil) throws(ExperimentError) -> any Synthesizer.Type {
    if let type = types[kind] { return type }
    let hint = nearest(to: kind, among: kinds).map { "did you mean '\($0)'?" }
    throw ExperimentError(
      "unknown model '\(kind)'; \(hint ?? "the models are \(kinds.joined(separator: ", "))")", at: place)
  }

  /// The registered resamplers' identifiers in alphabetical order.
  public var resamplers: [String] { resamplerTypes.keys.sorted() }

  /// - Throws: `ExperimentError` for an unknown resampler, with the nearest one.
  public func resampler(_ kind: String, at place: Place? = nil) throws(ExperimentError) -> any Resampler.Type {
    if let type = resamplerTypes[kind] { return type }
    let hint = nearest(to: kind, among: resamplers).map { "did you mean '\($0)'?" }
    throw ExperimentError(
      "unknown resampler '\(kind)'; \(hint ?? "the resamplers are \(resamplers.joined(separator: ", "))")", at: place)
  }
}
