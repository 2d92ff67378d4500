import MynahTensors

/// Stochastic gradient descent with momentum, in PyTorch's form: b ← μ b + (g + λ θ), θ ← θ − η b; the first step
/// takes b = g + λ θ.
public struct SGD: Optimizer {
  public var learningRate: Double
  public var momentum: Double
  public var weightDecay: Double
  /// The momentum buffers, by parameter path.
  public var state: [String: Tensor] = [:]

  public init(learningRate: Double, momentum: Double = 0, weightDecay: Double = 0) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  public mutating func update(_ parameters: ParameterTree, along gradients: [Tensor]) {
    let parameters = parameters.trainable
    check(parameters, gradients, "SGD")
    withoutRecording {
      for ((path, parameter), gradient) in zip(parameters, gradients) {
        let value = parameter.value
        var direction = weightDecay == 0 ? gradient : gradient + value * weightDecay
        if momentum != 0 {
          direction = state[path].map { $0 * momentum + direction } ?? direction
          state[path] = direction.detached
        }
        parameter.assign(value - direction * learningRate)
      }
    }
  }
}
