import MynahTensors

/// A smoothed copy of a module's parameters: θ̄ ← d θ̄ + (1 − d) θ after each step, with d growing from 0 towards `decay`
/// over the first steps, (1 + t) / (10 + t), so that the start is forgotten.
public struct ExponentialMovingAverage {
  public let decay: Double
  /// The smoothed values by path, running statistics included.
  public private(set) var values: [String: Tensor]
  private var steps = 0

  public init(of parameters: ParameterTree, decay: Double) {
    precondition((0..<1).contains(decay), "ExponentialMovingAverage: the decay must be in 0 ..< 1, got \(decay)")
    self.decay = decay
    values = parameters.values
  }

  /// "steps", and "value.PATH" for each parameter: for checkpoints.
  public var state: [String: Tensor] {
    get {
      var result = ["steps": Tensor(Double(steps), scalarType: .float64)]
      for (path, tensor) in values { result["value." + path] = tensor }
      return result
    }
    set {
      steps = newValue["steps"].flatMap { $0.count == 1 ? Int(exactly: $0.item) : nil } ?? 0
      for (key, tensor) in newValue where key.hasPrefix("value.") { values[String(key.dropFirst(6))] = tensor }
    }
  }

  public mutating func update(from parameters: ParameterTree) {
    steps += 1
    let d = min(decay, Double(1 + steps) / Double(10 + steps))
    withoutRecording {
      for (path, parameter) in parameters.leaves {
        let value = parameter.value.detached
        values[path] = values[path].map { $0 * d + value * (1 - d) } ?? value
      }
    }
  }
}
