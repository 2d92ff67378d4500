import MynahTensors

/// Layer normalisation over the last axis (Ba, Kiros and Hinton 2016): y = γ (x − μ) / √(σ² + ε) + β, with the mean and
/// the biased variance of each row.
public struct LayerNorm: Module {
  public let scale: Parameter
  public let shift: Parameter
  public let epsilon: Double

  public init(_ features: Int, epsilon: Double = 1e-5) {
    scale = Parameter(.ones([features]))
    shift = Parameter(.zeros([features]))
    self.epsilon = epsilon
  }

  public var parameters: ParameterTree { ["weight": .leaf(scale), "bias": .leaf(shift)] }

  public func callAsFunction(_ input: Tensor, in context: inout ForwardContext) -> Tensor {
    let centred = input - input.mean(over: -1, keepingAxes: true)
    let variance = centred.squared().mean(over: -1, keepingAxes: true)
    return centred * (variance + epsilon).power(-0.5) * scale.value + shift.value
  }
}
