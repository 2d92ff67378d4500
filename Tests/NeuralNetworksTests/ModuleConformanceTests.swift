import MynahNeuralNetworks
import MynahRandomness
import MynahTensors
import MynahTestSupport
import Testing

/// `checkModule` on all layers, and on one that breaks promises.
@Suite struct ModuleConformanceTests {
  private var random = RandomSource(seed: 4)
  private let batch: Tensor

  init() { batch = .normal([6, 4], using: &random) }

  @Test func layersConform() {
    var random = random
    #expect(checkModule(Linear(4, 3, using: &random), on: batch) == [])
    #expect(checkModule(Linear(4, 3, bias: false, using: &random), on: batch) == [])
    #expect(checkModule(BatchNorm(4), on: batch) == [])
    #expect(checkModule(LayerNorm(4), on: batch) == [])
    #expect(checkModule(Dropout(0.5), on: batch) == [])
    #expect(checkModule(Embedding(5, 2, using: &random), on: Tensor(indices: [0, 4, 1, 2, 3])) == [])
    #expect(checkModule(ReLU(), on: batch) == [])
    #expect(checkModule(LeakyReLU(slope: 0.2), on: batch) == [])
    #expect(checkModule(Tanh(), on: batch) == [])
    #expect(checkModule(Sigmoid(), on: batch) == [])
    #expect(checkModule(SiLU(), on: batch) == [])
    let network = Sequential(
      Linear(4, 8, using: &random), BatchNorm(8), ReLU(), Dropout(0.2), Linear(8, 2, using: &random))
    #expect(checkModule(network, on: batch) == [])
  }

  @Test func modulesOfBlocksConform() {
    var random = random
    let input: [InputBlock] = [.dense(batch), .codes(Tensor(indices: [0, 1, 2, 0, 1, 2], shape: [6, 1]), width: 3)]
    let failures = checkModule(Residual(7, 5, using: &random), on: input) { blocks in
      blocks.compactMap { if case .dense(let tensor) = $0 { tensor } else { nil } }
    }
    #expect(failures == [])
  }

  private struct Faulty: Module {
    enum Fault: CaseIterable { case none, path, handle, noise, counting, moving, unused, infinite }
    let fault: Fault
    let weight = Parameter(Tensor([1, 2, 3, 4]))
    let other = Parameter(Tensor([0.5]))

    var parameters: ParameterTree {
      let second = fault == .handle ? Parameter(Tensor([0.5])) : other
      return ["weight": .leaf(weight), fault == .path ? "weight" : "other": .leaf(second)]
    }

    func callAsFunction(_ input: Tensor, in context: inout ForwardContext) -> Tensor {
      let output = input * weight.value
      switch fault {
      case .noise: return output * other.value + .normal(input.shape, using: &context.random)
      case .counting where context.phase == .inference: other.assign(other.value + 1)
      case .moving where context.phase == .training: other.assign(other.value * 0.9)
      case .unused: return output + other.value.detached
      case .infinite: return output * other.value * .infinity
      default: break
      }
      return output * other.value
    }
  }

  @Test(arguments: Faulty.Fault.allCases) private func faultsAreFound(_ fault: Faulty.Fault) {
    let wanted: [Faulty.Fault: String] = [
      .path: "several parameters have one path", .handle: "it names other parameters",
      .noise: "in inference the same input gives another output", .counting: "in inference its parameters change",
      .moving: "changes the trainable parameter 'other'", .unused: "no gradient reaches 'other'",
      .infinite: "not finite",
    ]
    let failures = checkModule(Faulty(fault: fault), on: batch)
    guard let message = wanted[fault] else {
      #expect(failures == [])
      return
    }
    #expect(failures.contains { $0.message.contains(message) }, "\(failures)")
  }
}
