import MynahNeuralNetworks
import MynahTensors
import MynahTestSupport
import Testing

/// Ten steps along fixed gradients against PyTorch (Golden/make_layers.py).
struct OptimizerTests {
  static let optimizers: [(String, @Sendable () -> any Optimizer)] = [
    ("adam", { Adam(learningRate: 0.05, beta1: 0.5, beta2: 0.9, weightDecay: 0.01) }),
    ("adamDefault", { Adam() }),
    ("adamW", { Adam.decoupled(learningRate: 0.05, weightDecay: 0.1) }),
    ("sgd", { SGD(learningRate: 0.05) }),
    ("sgdMomentum", { SGD(learningRate: 0.05, momentum: 0.9, weightDecay: 0.01) }),
  ]

  @Test(arguments: optimizers.indices) func tenStepsEqualPyTorch(_ index: Int) throws {
    let golden = Golden.values.optimizers
    let (name, make) = Self.optimizers[index]
    let parameter = Parameter(Tensor(golden.start))
    let tree: ParameterTree = ["p": .leaf(parameter)]
    var optimizer = make()
    for (gradient, expected) in zip(golden.gradients, try #require(golden.paths[name])) {
      optimizer.update(tree, along: [Tensor(gradient)])
      #expect(disagreement(parameter.value.scalars, expected, absolute: 2e-6) == nil)
      #expect(parameter.value.isRecorded)
    }
  }

  /// State saved after four steps and given to a new optimiser: the same bits as without the break.
  @Test(arguments: optimizers.indices) func resumesFromItsState(_ index: Int) {
    let golden = Golden.values.optimizers
    func run(breakingAt stop: Int?) -> [Float] {
      let parameter = Parameter(Tensor(golden.start))
      let tree: ParameterTree = ["a": ["p": .leaf(parameter)]]
      var optimizer = Self.optimizers[index].1()
      for (step, gradient) in golden.gradients.enumerated() {
        if step == stop {
          let state = optimizer.state
          optimizer = Self.optimizers[index].1()
          optimizer.state = state
        }
        optimizer.update(tree, along: [Tensor(gradient)])
      }
      return parameter.value.floats
    }
    #expect(run(breakingAt: 4) == run(breakingAt: nil))
  }

  /// Whoever kept a value sees it unchanged, although Adam writes in place; so do saved states.
  @Test func keptValuesDoNotChange() {
    let parameter = Parameter(Tensor([1, 2, 3]))
    let tree: ParameterTree = ["p": .leaf(parameter)]
    var adam = Adam(learningRate: 0.1)
    adam.update(tree, along: [Tensor([1, 1, 1])])
    let (kept, view, state) = (parameter.value, parameter.value.sliced(1..<2), adam.state)
    let (before, beforeState) = (kept.floats, state["m.p"]?.floats)
    adam.update(tree, along: [Tensor([5, 5, 5])])
    #expect(kept.floats == before && view.floats == [before[1]])
    #expect(state["m.p"]?.floats == beforeState)
    #expect(parameter.value.floats != before)
  }

  /// A graph made before an update is differentiated with the values it was made with.
  @Test func graphsKeepTheValuesTheyWereMadeWith() {
    let parameter = Parameter(Tensor([3]))
    let loss = (parameter.value * parameter.value).sum()
    let variable = parameter.value
    var adam = Adam(learningRate: 1)
    adam.update(["p": .leaf(parameter)], along: [Tensor([1])])
    #expect(gradients(of: loss, withRespectTo: [variable])[0].floats == [6])
  }

  /// A float64 state file with a step that is not a number must not stop the program.
  @Test func aBrokenStepCountsAsNone() {
    var adam = Adam()
    adam.state = ["step": Tensor(.nan, scalarType: .float64)]
    #expect(adam.state["step"]?.item == 0)
  }

  @Test func clipping() {
    let gradients = [Tensor([3, 0]), Tensor([[0, 4.0]].flatMap { $0 }, shape: [1, 2])]
    #expect(globalNorm(gradients) == 5)
    #expect(clipped(gradients, toGlobalNorm: 6).map(\.scalars) == gradients.map(\.scalars))
    let halved = clipped(gradients, toGlobalNorm: 2.5)
    #expect(halved.map(\.scalars) == [[1.5, 0], [0, 2]])
    #expect(halved[1].shape == [1, 2])
    #expect(globalNorm([]) == 0)
  }

  /// A least-squares fit by each optimiser reaches the solution.
  @Test(arguments: [0, 3]) func fitsALine(_ index: Int) {
    let parameter = Parameter(Tensor([0, 0]))
    let tree: ParameterTree = ["p": .leaf(parameter)]
    let x = Tensor([1, -1, 1, 0, 1, 1, 1, 2], shape: [4, 2])
    let y = Tensor([1, 3, 5, 7], shape: [4, 1])  // 3 + 2 x
    var optimizer: any Optimizer = index == 0 ? Adam(learningRate: 0.1) : SGD(learningRate: 0.1, momentum: 0.5)
    for _ in 0..<400 {
      let loss = meanSquaredError(matmul(x, parameter.value.reshaped(to: [2, 1])), y)
      optimizer.update(tree, along: gradients(of: loss, withRespectTo: tree.trainableValues))
    }
    #expect(disagreement(parameter.value.scalars, [3, 2], absolute: 1e-3) == nil)
  }
}
