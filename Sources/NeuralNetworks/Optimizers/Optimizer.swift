import MynahTensors

/// Moves parameters along gradients.
public protocol Optimizer {
  var learningRate: Double { get set }
  /// What it remembers, by parameter path: for checkpoints.
  var state: [String: Tensor] { get set }
  /// One step. `gradients` are those of `parameters.trainable`, in its order.
  mutating func update(_ parameters: ParameterTree, along gradients: [Tensor])
}

func check(_ parameters: [(path: String, parameter: Parameter)], _ gradients: [Tensor], _ optimizer: StaticString) {
  precondition(
    parameters.count == gradients.count, "\(optimizer): \(gradients.count) gradients for \(parameters.count) parameters"
  )
  for ((path, parameter), gradient) in zip(parameters, gradients) {
    precondition(
      parameter.value.shape == gradient.shape,
      "\(optimizer): gradient of shape \(gradient.shape) for parameter '\(path)' of shape \(parameter.value.shape)")
  }
}
