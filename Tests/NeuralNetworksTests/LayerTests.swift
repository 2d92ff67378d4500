import MynahRandomness
import MynahTensors
import MynahTestSupport
import Testing

@testable import MynahNeuralNetworks

/// Layers against PyTorch (Golden/make_layers.py), in float64: parameters are set from outside.
struct LayerTests {
  static let tolerance = 1e-13

  var context: ForwardContext { ForwardContext(phase: .training, random: RandomSource(seed: 1)) }

  private func set(_ parameter: Parameter, _ scalars: [Double], _ shape: [Int]? = nil) {
    let value = Tensor.double(scalars, shape ?? [scalars.count])
    parameter.value = parameter.isTrainable ? value.recorded : value
  }

  private func expect(
    _ actual: Tensor, _ expected: [Double], _ tolerance: Double = tolerance,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(disagreement(actual.scalars, expected, absolute: tolerance) == nil, sourceLocation: sourceLocation)
  }

  private func expect(
    gradientsOf y: Tensor, _ cotangent: [Double], _ inputs: [Tensor], _ expected: [[Double]],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let loss = (y * Tensor.double(cotangent, y.shape)).sum()
    for createGraph in [false, true] {
      let found = gradients(of: loss, withRespectTo: inputs, createGraph: createGraph)
      for (actual, values) in zip(found, expected) { expect(actual, values, 1e-12, sourceLocation: sourceLocation) }
    }
  }

  @Test func linear() {
    let golden = Golden.values.linear
    var random = RandomSource(seed: 1)
    var context = context
    let layer = Linear(3, 4, using: &random)
    #expect(layer.weight.value.shape == [3, 4] && layer.bias?.value.shape == [4])
    set(layer.weight, golden.weight, [3, 4])
    set(layer.bias!, golden.bias)
    let x = Tensor.double(golden.x, [5, 3]).recorded
    let y = layer(x, in: &context)
    expect(y, golden.y)
    expect(gradientsOf: y, golden.cotangent, [x, layer.weight.value, layer.bias!.value], golden.gradients)
    #expect(Linear(3, 4, bias: false, using: &random).parameters.leaves.map(\.path) == ["weight"])
  }

  /// Uniform on ±1/√inputs, all of it used.
  @Test func linearStartsAsInPyTorch() {
    var random = RandomSource(seed: 1)
    let layer = Linear(25, 4000, using: &random)
    let (weights, biases) = (layer.weight.value.scalars, layer.bias!.value.scalars)
    for values in [weights, biases] {
      #expect(values.allSatisfy { abs($0) <= 0.2 })
      #expect(values.max()! > 0.199 && values.min()! < -0.199)
      let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
      #expect(abs(variance / (0.04 / 3) - 1) < 5 * 0.9 / Double(values.count).squareRoot())
    }
  }

  @Test func batchNormInTrainingAndInference() {
    let golden = Golden.values.batchNorm
    var context = context
    let layer = BatchNorm(3)
    set(layer.scale, golden.weight)
    set(layer.shift, golden.bias)
    set(layer.runningMean, [0, 0, 0])
    set(layer.runningVariance, [1, 1, 1])
    for step in golden.steps {
      let x = Tensor.double(step.x, [6, 3]).recorded
      let y = layer(x, in: &context)
      expect(y, step.y)
      expect(layer.runningMean.value, step.mean)
      expect(layer.runningVariance.value, step.variance)
      expect(gradientsOf: y, golden.cotangent, [x, layer.scale.value, layer.shift.value], step.gradients)
    }
    context.phase = .inference
    let x = Tensor.double(golden.steps[0].x, [6, 3])
    expect(layer(x, in: &context), golden.inference)
    expect(layer.runningMean.value, golden.steps[2].mean)
    let alone = layer(x.sliced(2..<3), in: &context)
    expect(alone, Array(golden.inference[6..<9]))
    #expect(layer.parameters.trainable.map(\.path) == ["weight", "bias"])
    #expect(layer.parameters.leaves.map(\.path) == ["weight", "bias", "running_mean", "running_var"])
  }

  @Test func layerNorm() {
    let golden = Golden.values.layerNorm
    var context = context
    let layer = LayerNorm(4)
    set(layer.scale, golden.weight)
    set(layer.shift, golden.bias)
    let x = Tensor.double(golden.x, [3, 4]).recorded
    let y = layer(x, in: &context)
    expect(y, golden.y)
    expect(gradientsOf: y, golden.cotangent, [x, layer.scale.value, layer.shift.value], golden.gradients)
    let wide = layer(Tensor.double(golden.x, [1, 3, 4]), in: &context)
    #expect(wide.shape == [1, 3, 4])
    expect(wide, golden.y)
  }

  @Test func embedding() {
    let golden = Golden.values.embedding
    var random = RandomSource(seed: 1)
    var context = context
    let layer = Embedding(5, 2, using: &random)
    set(layer.table, golden.table, [5, 2])
    let y = layer(Tensor(indices: golden.codes), in: &context)
    expect(y, golden.y)
    expect(gradientsOf: y, golden.cotangent, [layer.table.value], golden.gradients)
  }

  @Test func activations() {
    let golden = Golden.values.activations
    var context = context
    let x = Tensor.double(golden["x"]!)
    expect(ReLU()(x, in: &context), golden["relu"]!)
    expect(LeakyReLU(slope: 0.2)(x, in: &context), golden["leakyReLU"]!)
    expect(Tanh()(x, in: &context), golden["tanh"]!)
    expect(Sigmoid()(x, in: &context), golden["sigmoid"]!)
    expect(SiLU()(x, in: &context), golden["silu"]!)
  }

  @Test func dropoutKeepsTheMean() {
    var context = context
    let x = Tensor.ones([100, 1000])
    let y = Dropout(0.3)(x, in: &context).scalars
    #expect(y.allSatisfy { $0 == 0 || abs($0 - 1 / 0.7) < 1e-6 })
    let dropped = Double(y.count { $0 == 0 })
    #expect(abs(dropped / 1e5 - 0.3) < 4 * (0.3 * 0.7 / 1e5).squareRoot())
    #expect(Dropout(0.3)(x, in: &context).scalars != y)
    #expect(Dropout(0)(x, in: &context).scalars == x.scalars)
    context.phase = .inference
    #expect(Dropout(0.3)(x, in: &context).scalars == x.scalars)
  }

  @Test func dropoutPassesGradientsThroughItsMask() {
    var context = context
    let x = Tensor.double(Array(repeating: 2, count: 50)).recorded
    let y = Dropout(0.5)(x, in: &context)
    let found = gradients(of: y.sum(), withRespectTo: [x])[0]
    #expect(found.scalars == y.scalars.map { $0 / 2 })
  }

  @Test func residualPutsWhatIsNewFirst() {
    var random = RandomSource(seed: 1)
    var context = context
    let layer = Residual(3, 2, using: &random)
    let x = spread([4, 3])
    let blocks = layer([.dense(x)], in: &context)
    #expect(blocks.map(\.width) == [2, 3])
    guard case .dense(let new) = blocks[0], case .dense(let old) = blocks[1] else { return #expect(Bool(false)) }
    #expect(old.scalars == x.scalars)
    var again = context
    let expected = BatchNorm(2)(layer.linear(x, in: &again), in: &again).relu()
    expect(new, expected.scalars)
    #expect(
      layer.parameters.leaves.map(\.path)
        == ["fc.weight", "fc.bias", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var"])
  }

  @Test func sequentialRunsInOrder() {
    var random = RandomSource(seed: 1)
    var context = context
    let (first, second) = (Linear(3, 4, using: &random), Linear(4, 2, using: &random))
    let network = Sequential(first, Tanh(), second)
    let x = spread([5, 3])
    let expected = second(first(x, in: &context).tanh(), in: &context)
    expect(network(x, in: &context), expected.scalars)
    #expect(network.parameters.leaves.map(\.path) == ["0.weight", "0.bias", "2.weight", "2.bias"])
  }

  private func spread(_ shape: [Int]) -> Tensor {
    var random = RandomSource(seed: 5)
    return .normal(shape, using: &random)
  }
}
