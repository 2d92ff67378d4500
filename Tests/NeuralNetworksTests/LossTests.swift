import MynahNeuralNetworks
import MynahTensors
import MynahTestSupport
import Testing

struct LossTests {
  private func expect(
    _ golden: Golden.Loss, _ shape: [Int], sourceLocation: SourceLocation = #_sourceLocation,
    _ loss: (Tensor) -> Tensor
  ) {
    for (type, tolerance) in [(ScalarType.float64, 1e-14), (.float32, 1e-6)] {
      let p = Tensor(golden.p, shape: shape, scalarType: type).recorded
      let value = loss(p)
      #expect(
        disagreement(value.scalars, [golden.loss], relative: tolerance) == nil, sourceLocation: sourceLocation)
      let gradient = gradients(of: value, withRespectTo: [p])[0]
      #expect(
        disagreement(gradient.scalars, golden.gradient, absolute: tolerance) == nil, sourceLocation: sourceLocation)
    }
    #expect(
      checkGradients({ loss($0[0]) }, at: [Tensor(golden.p, shape: shape, scalarType: .float64)], order: 2) == nil,
      sourceLocation: sourceLocation)
  }

  @Test func meanSquaredErrorEqualsPyTorch() {
    let golden = Golden.values.meanSquaredError
    expect(golden, [4, 3]) { meanSquaredError($0, Tensor(golden.t, shape: [4, 3], scalarType: $0.scalarType)) }
  }

  @Test func crossEntropyEqualsPyTorch() {
    let golden = Golden.values.crossEntropy
    let labels = Tensor(indices: golden.t.map { Int32($0) })
    expect(golden, [5, 4]) { crossEntropy($0, labels: labels) }
  }

  /// Logits of 0 and of ±60 among them: the right gradient at 0, no overflow.
  @Test func binaryCrossEntropyEqualsPyTorch() {
    let golden = Golden.values.binaryCrossEntropy
    expect(golden, [8]) { binaryCrossEntropyWithLogits($0, Tensor(golden.t, scalarType: $0.scalarType)) }
  }

  @Test func extremeLogits() {
    let extreme = Tensor([1e4, -1e4, 1e4], shape: [1, 3]).recorded
    #expect(crossEntropy(extreme, labels: Tensor(indices: [1])).item == Double(Float(20_000.6931472)))
    let binary = binaryCrossEntropyWithLogits(Tensor([1e4, -1e4]), Tensor([0, 1]))
    #expect(binary.item == 1e4)
  }
}
