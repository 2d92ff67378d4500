/// Linear layers for inference, all but the last with a ReLU, each of which sees what the ones before it gave:
/// [h₂ | h₁ | numbers | codes] is the input of the third. Chained, each sees only the one before it: [h₂ | codes].
///
/// Where the processor multiplies bfloat16, it does: factors are rounded by a relative 2⁻⁹ at most, sums are float32.
/// That moves an output by about 2⁻⁹ of the root of its summed squared terms, a hundredth for logits of a few units.
/// Elsewhere it is float32. Which one is decided here only.
package struct ConcatenatingLayers: Sendable {
  /// k × n and n: the rows of a weight meet the outputs of the layers before, latest first, then numbers, then codes.
  package typealias Layer = (weight: Tensor, bias: Tensor)

  private let layers: [Layer]
  private let codeWidth: Int
  private let isChained: Bool
  private let rounded: BFloat16Layers?

  /// - Parameters:
  ///   - codeWidth: how many codes there are; each meets one of the last `codeWidth` rows of every weight.
  ///   - isChained: whether a layer sees the output of the one before it only, and the codes.
  package init(_ layers: [Layer], codeWidth: Int, isChained: Bool = false) {
    self.layers = layers
    self.codeWidth = codeWidth
    self.isChained = isChained
    rounded = BFloat16Layers(layers, codeWidth: codeWidth, isChained: isChained)
  }

  /// The last layer's output, m × n.
  ///
  /// - Parameters:
  ///   - numbers: m × width.
  ///   - codes: m codes, negative for none; not read where `codeWidth` is 0.
  package func callAsFunction(_ numbers: Tensor, codes: [Int32]) -> Tensor {
    rounded?(numbers, codes: codes) ?? inFloat32(numbers, codes: codes)
  }

  /// The same in float32 on every processor.
  func inFloat32(_ numbers: Tensor, codes: [Int32]) -> Tensor {
    var blocks = [InputBlock.dense(numbers)]
    if codeWidth > 0 { blocks.append(.codes(Tensor(indices: codes, shape: [codes.count, 1]), width: codeWidth)) }
    for layer in layers.dropLast() {
      let hidden = InputBlock.dense(linear(blocks, weight: layer.weight, bias: layer.bias).relu())
      if isChained { blocks[0] = hidden } else { blocks.insert(hidden, at: 0) }
    }
    return linear(blocks, weight: layers[layers.count - 1].weight, bias: layers[layers.count - 1].bias)
  }
}
