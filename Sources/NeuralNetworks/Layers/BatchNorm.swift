import MynahTensors

/// Batch normalisation by column (Ioffe and Szegedy 2015): y = γ (x − μ) / √(σ² + ε) + β.
///
/// In training μ and σ² are the batch's (biased), and the running ones move towards them by `momentum`, the variance in
/// its unbiased form, as in PyTorch. In inference the running ones are used: a row's output does not depend on the rows
/// beside it.
public struct BatchNorm: Module {
  public let scale: Parameter
  public let shift: Parameter
  public let runningMean: Parameter
  public let runningVariance: Parameter
  public let momentum: Double
  public let epsilon: Double

  public init(_ features: Int, momentum: Double = 0.1, epsilon: Double = 1e-5) {
    scale = Parameter(.ones([features]))
    shift = Parameter(.zeros([features]))
    runningMean = Parameter(.zeros([features]), isTrainable: false)
    runningVariance = Parameter(.ones([features]), isTrainable: false)
    self.momentum = momentum
    self.epsilon = epsilon
  }

  public var parameters: ParameterTree {
    [
      "weight": .leaf(scale), "bias": .leaf(shift), "running_mean": .leaf(runningMean),
      "running_var": .leaf(runningVariance),
    ]
  }

  public func callAsFunction(_ input: Tensor, in context: inout ForwardContext) -> Tensor {
    switch context.phase {
    case .training:
      let moments = input.columnMoments()
      let rows = Double(input.shape[0])
      move(runningMean, towards: moments.mean)
      move(runningVariance, towards: moments.variance * (rows / max(rows - 1, 1)))
      return input.batchNormalized(by: moments, scale: scale.value, shift: shift.value, epsilon: epsilon)
    case .inference:
      let factor = scale.value * (runningVariance.value + epsilon).power(-0.5)
      return input * factor + (shift.value - runningMean.value * factor)
    }
  }

  private func move(_ running: Parameter, towards batch: Tensor) {
    running.assign(running.value * (1 - momentum) + batch * momentum)
  }
}
