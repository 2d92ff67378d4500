import Mynah

/// A highway layer (Srivastava, Greff and Schmidhuber 2015): y = g · h + (1 − g) · x, with h = softplus(x W + b) and a gate
/// g = sigmoid(x V + c) for every feature. It keeps the width.
struct Highway: Module {
  let carry: Linear
  let gate: Linear

  init(_ features: Int, using random: inout RandomSource) {
    carry = Linear(features, features, using: &random)
    gate = Linear(features, features, using: &random)
  }

  /// Names by which an optimiser and a model file know the parameters.
  var parameters: ParameterTree { ["carry": .branch(of: carry), "gate": .branch(of: gate)] }

  func callAsFunction(_ input: Tensor, in context: inout ForwardContext) -> Tensor {
    let share = gate(input, in: &context).sigmoid()
    return share * carry(input, in: &context).softplus() + (1 - share) * input
  }
}
