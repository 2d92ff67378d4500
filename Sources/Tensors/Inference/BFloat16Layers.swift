import CKernels
import MynahParallelism

/// `ConcatenatingLayers` in bfloat16.
///
/// A row of the working memory is [h₂ | h₁ | numbers | zeros]: a layer's input is the end of it, and its output is written
/// just before its input, so nothing is put side by side. A chained layer reads no further than the output before it.
struct BFloat16Layers: Sendable {
  private let layers: [BFloat16Weights]
  private let numberWidth: Int
  private let codeWidth: Int

  /// Rows that go through all layers together: their working memory stays in the second-level cache.
  private static let block = 240

  /// Nil where the processor does not multiply bfloat16, and for layers that are not float32.
  init?(_ layers: [ConcatenatingLayers.Layer], codeWidth: Int, isChained: Bool) {
    guard mynah_has_bfloat16() != 0, let first = layers.first,
      layers.allSatisfy({ $0.weight.scalarType == .float32 && $0.bias.scalarType == .float32 })
    else { return nil }
    numberWidth = first.weight.shape[0] - codeWidth
    self.codeWidth = codeWidth
    var inputs = numberWidth
    self.layers = layers.map { layer in
      precondition(
        layer.weight.shape == [inputs + codeWidth, layer.bias.count],
        "ConcatenatingLayers: a weight \(layer.weight.shape) for \(inputs) inputs and \(codeWidth) codes")
      inputs = isChained ? layer.bias.count : inputs + layer.bias.count
      return BFloat16Weights(layer.weight, layer.bias, codeWidth: codeWidth)
    }
  }

  func callAsFunction(_ numbers: Tensor, codes: [Int32]) -> Tensor {
    let m = numbers.shape[0]
    precondition(
      numbers.shape == [m, numberWidth] && numbers.scalarType == .float32,
      "ConcatenatingLayers: numbers \(numbers.shape) of \(numbers.scalarType), a width of \(numberWidth) is expected")
    precondition(
      codeWidth == 0 || codes.count == m && codes.allSatisfy { $0 < codeWidth },
      "ConcatenatingLayers: \(codes.count) codes below \(codeWidth) for \(m) rows")
    let width = layers[layers.count - 1].outputs
    return Tensor(shape: [m, width], of: Float.self) { output in
      numbers.withUnsafeElements(as: Float.self) { numbers in
        codes.withUnsafeBufferPointer { codes in
          guard let output = output.baseAddress, let numbers = numbers.baseAddress else { return }
          let codes = codeWidth > 0 ? codes.baseAddress : nil
          parallelChunks(of: m, size: Self.block) { rows in
            run(
              rows.count, numbers + rows.lowerBound * numberWidth, codes.map { $0 + rows.lowerBound },
              into: output + rows.lowerBound * width)
          }
        }
      }
    }
  }

  private func run(
    _ rows: Int, _ numbers: UnsafePointer<Float>, _ codes: UnsafePointer<Int32>?,
    into output: UnsafeMutablePointer<Float>
  ) {
    let hidden = layers.dropLast().reduce(0) { $0 + $1.outputs }
    let used = hidden + numberWidth
    // At least one zero after the last number, for an odd one to be paired with.
    let stride = (used + 32) / 32 * 32
    let memory = Storage(byteCount: 2 * rows * stride)
    withExtendedLifetime(memory) {
      let base = memory.pointer.bindMemory(to: UInt16.self, capacity: rows * stride)
      for row in 0..<rows { (base + row * stride + used).update(repeating: 0, count: stride - used) }
      mynah_bfloat16_round(numbers, rows, numberWidth, base + hidden, stride)
      var input = hidden
      for layer in layers.dropLast() {
        let place = base + (input - layer.outputs)
        layer.withPointers { mynah_bfloat16_layer_relu($0, rows, base + input, stride, codes, place, stride) }
        input -= layer.outputs
      }
      let last = layers[layers.count - 1]
      last.withPointers { mynah_bfloat16_layer($0, rows, base, stride, codes, output, last.outputs) }
    }
  }
}

/// One layer's weights as the kernel reads them.
private struct BFloat16Weights: Sendable {
  let outputs: Int
  private let inputs: Int
  private var panels: [UInt16]
  private let bias: [Float]
  private let coded: [Float]

  init(_ weight: Tensor, _ bias: Tensor, codeWidth: Int) {
    outputs = weight.shape[1]
    inputs = weight.shape[0] - codeWidth
    let (width, outputs) = (Int(MYNAH_PANEL_WIDTH), weight.shape[1])
    let padded = (outputs + width - 1) / width * width
    panels = Array(repeating: 0, count: (inputs + 1) / 2 * 2 * padded)
    /// Rows with zeros at their ends, up to whole panels.
    func widened(_ rows: Tensor, _ count: Int) -> [Float] {
      var result = Array(repeating: Float(0), count: count * padded)
      rows.withUnsafeElements(as: Float.self) { rows in
        for row in 0..<count {
          for column in 0..<outputs { result[row * padded + column] = rows[row * outputs + column] }
        }
      }
      return result
    }
    self.bias = widened(bias, 1)
    coded = widened(weight.sliced(inputs..<inputs + codeWidth), codeWidth)
    let inputs = inputs
    weight.withUnsafeElements(as: Float.self) { weight in
      panels.withUnsafeMutableBufferPointer { panels in
        guard let weight = weight.baseAddress, let panels = panels.baseAddress else { return }
        mynah_bfloat16_pack(weight, inputs, outputs, panels)
      }
    }
  }

  func withPointers(_ body: (UnsafePointer<mynah_bfloat16_weights>) -> Void) {
    panels.withUnsafeBufferPointer { panels in
      bias.withUnsafeBufferPointer { bias in
        coded.withUnsafeBufferPointer { coded in
          var weights = mynah_bfloat16_weights(
            inputs: inputs, outputs: outputs, panels: panels.baseAddress, bias: bias.baseAddress,
            coded: coded.baseAddress)
          body(&weights)
        }
      }
    }
  }
}
