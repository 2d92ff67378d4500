import MynahNeuralNetworks
import MynahRandomness
import MynahTensors

/// What training has to remember to go on after an interruption: tensors by name, and random sources.
public struct TrainingState: Sendable {
  public var tensors: [String: Tensor] = [:]
  public var random: [String: RandomSource] = [:]

  public init() {}

  // MARK: Keeping

  public mutating func keep(_ parameters: ParameterTree, as name: String) { keep(parameters.values, as: name) }

  public mutating func keep(_ optimizer: some Optimizer, as name: String) { keep(optimizer.state, as: name) }

  public mutating func keep(_ average: ExponentialMovingAverage?, as name: String) {
    if let average { keep(average.state, as: name) }
  }

  private mutating func keep(_ values: [String: Tensor], as name: String) {
    for (path, value) in values { tensors[name + "." + path] = value }
  }

  // MARK: Restoring

  /// - Throws: `SynthesisError` when a tensor is absent or has another shape; nothing is changed then.
  public func restore(_ parameters: ParameterTree, from name: String) throws(SynthesisError) {
    do {
      try parameters.assign(values(under: name))
    } catch { throw SynthesisError("the checkpoint's \(name): \(error)") }
  }

  /// - Parameters:
  ///   - optimizer: made as the one that was kept.
  ///   - parameters: those that the optimiser moves.
  ///   - name: under which it was kept.
  /// - Throws: `SynthesisError` when what the optimiser remembers of a parameter has not its shape.
  public func restore(
    _ optimizer: inout some Optimizer, of parameters: ParameterTree, from name: String
  ) throws(SynthesisError) {
    let values = values(under: name)
    let shapes = Dictionary(uniqueKeysWithValues: parameters.trainable.map { ($0.path, $0.parameter.value.shape) })
    // What is remembered of a parameter stands under a name of the optimiser's, then the parameter's path: "m.hidden.weight".
    for (key, value) in values {
      guard let dot = key.firstIndex(of: "."), let shape = shapes[String(key[key.index(after: dot)...])] else {
        continue
      }
      guard value.shape == shape else {
        throw SynthesisError("the checkpoint's \(name).\(key) has shape \(value.shape), not \(shape)")
      }
    }
    guard !values.isEmpty else { throw SynthesisError("the checkpoint has no '\(name)'") }
    optimizer.state = values
  }

  public func restore(_ average: inout ExponentialMovingAverage?, from name: String) throws(SynthesisError) {
    guard let current = average else { return }
    let values = values(under: name)
    for (path, value) in current.state {
      guard values[path]?.shape == value.shape else {
        throw SynthesisError("the checkpoint has no '\(name).\(path)' of shape \(value.shape)")
      }
    }
    average?.state = values
  }

  /// - Throws: `SynthesisError` when it is absent.
  public func randomSource(_ name: String) throws(SynthesisError) -> RandomSource {
    guard let source = random[name] else { throw SynthesisError("the checkpoint has no random source '\(name)'") }
    return source
  }

  private func values(under name: String) -> [String: Tensor] {
    var values: [String: Tensor] = [:]
    for (path, value) in tensors where path.hasPrefix(name + ".") {
      values[String(path.dropFirst(name.count + 1))] = value
    }
    return values
  }
}
