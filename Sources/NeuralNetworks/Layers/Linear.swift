import MynahRandomness
import MynahTensors

/// A fully connected layer: y = x W + b.
///
/// x is batch × inputs and y is batch × outputs. The weight is stored inputs × outputs, the transpose of PyTorch's, so
/// that rows of it can be gathered for one-hot inputs (`InputBlock.codes`).
public struct Linear: Module {
  /// inputs × outputs.
  public let weight: Parameter
  /// outputs; nil without a bias.
  public let bias: Parameter?

  /// Weights and biases start uniform on ±1/√inputs, as in PyTorch.
  public init(_ inputs: Int, _ outputs: Int, bias: Bool = true, using random: inout RandomSource) {
    let initialize = UniformInitializer(fanIn: inputs)
    weight = Parameter(initialize([inputs, outputs], using: &random))
    self.bias = bias ? Parameter(initialize([outputs], using: &random)) : nil
  }

  public var parameters: ParameterTree {
    bias.map { ["weight": .leaf(weight), "bias": .leaf($0)] } ?? ["weight": .leaf(weight)]
  }

  public func callAsFunction(_ input: Tensor, in context: inout ForwardContext) -> Tensor { self([.dense(input)]) }

  /// The layer on an input that is given in blocks of columns.
  public func callAsFunction(_ blocks: [InputBlock]) -> Tensor {
    linear(blocks, weight: weight.value, bias: bias?.value)
  }
}

extension Linear {
  /// The bias as a constant; zeros without one.
  package var biasOrZero: Tensor { bias?.value.detached ?? .zeros([weight.value.shape[1]]) }
}
