import MynahEncoders
import MynahNeuralNetworks
import MynahRandomness
import MynahTensors

/// The generator of CTGAN and its relatives: residual blocks on noise and condition, then a linear layer to the encoded row.
///
/// h₀ = z ⊕ c;  hᵢ₊₁ = ReLU(BatchNorm(hᵢ Wᵢ + bᵢ)) ⊕ hᵢ;  logits = h W + b. The output heads follow (`OutputHeads`).
struct Generator: Module {
  typealias Input = [InputBlock]
  let blocks: [Residual]
  let output: Linear

  init(noise: Int, condition: Int, hidden: [Int], width: Int, using random: inout RandomSource) {
    var inputs = noise + condition
    var blocks: [Residual] = []
    for size in hidden {
      blocks.append(Residual(inputs, size, using: &random))
      inputs += size
    }
    self.blocks = blocks
    output = Linear(inputs, width, using: &random)
  }

  /// The generator that a model with these settings has, with given parameters.
  ///
  /// - Throws: `ParameterMismatch` when one is absent or has another shape.
  init(
    _ settings: some AdversarialSynthesizer, _ layout: EncodedLayout, _ space: ConditionSpace,
    values: [String: Tensor]
  ) throws(ParameterMismatch) {
    var random = RandomSource(seed: 0)
    self.init(
      noise: settings.embeddingDimension, condition: space.width, hidden: settings.generatorDimensions,
      width: layout.width, using: &random)
    try parameters.assign(values)
  }

  var parameters: ParameterTree {
    ["blocks": .list(blocks.map(\.parameters)), "output": .branch(of: output)]
  }

  /// Logits, rows × width, of noise and condition.
  func callAsFunction(_ input: [InputBlock], in context: inout ForwardContext) -> Tensor {
    output(blocks.reduce(input) { $1($0, in: &context) })
  }

  /// The shape of every tensor, so that a file can be checked before anything is allocated. Nil on overflow.
  static func shapes(noise: Int, condition: Int, hidden: [Int], width: Int) -> [String: [Int]]? {
    var (inputs, overflows) = noise.addingReportingOverflow(condition)
    var result: [String: [Int]] = [:]
    for (i, size) in hidden.enumerated() {
      guard !overflows else { return nil }
      result["blocks.\(i).fc.weight"] = [inputs, size]
      for name in ["fc.bias", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var"] {
        result["blocks.\(i).\(name)"] = [size]
      }
      (inputs, overflows) = inputs.addingReportingOverflow(size)
    }
    result["output.weight"] = [inputs, width]
    result["output.bias"] = [width]
    return overflows ? nil : result
  }
}
