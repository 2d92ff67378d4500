import MynahNeuralNetworks
import MynahTensors
import MynahTestSupport
import Testing

/// `checkOptimizer` on all optimisers, and on one that breaks promises.
@Suite struct OptimizerConformanceTests {
  @Test func optimizersConform() {
    #expect(checkOptimizer { SGD(learningRate: 0.1) } == [])
    #expect(checkOptimizer { SGD(learningRate: 0.05, momentum: 0.9) } == [])
    #expect(checkOptimizer { SGD(learningRate: 0.05, momentum: 0.5, weightDecay: 1e-3) } == [])
    #expect(checkOptimizer { Adam(learningRate: 0.05) } == [])
    #expect(checkOptimizer { Adam(learningRate: 0.05, weightDecay: 1e-3) } == [])
    #expect(checkOptimizer { Adam.decoupled(learningRate: 0.05) } == [])
  }

  private struct Faulty: Optimizer {
    enum Fault: CaseIterable { case none, uphill, forgetful, shared, stubborn }
    final class Memory { var momentum: [String: Tensor] = [:] }
    var fault: Fault
    var learningRate = 0.05
    private var momentum: [String: Tensor] = [:]
    private let memory = Memory()

    init(_ fault: Fault) { self.fault = fault }

    var state: [String: Tensor] {
      get { fault == .shared ? memory.momentum : momentum }
      set {
        switch fault {
        case .forgetful: momentum = [:]
        case .shared: memory.momentum = newValue
        default: momentum = newValue
        }
      }
    }

    mutating func update(_ parameters: ParameterTree, along gradients: [Tensor]) {
      let rate = fault == .stubborn ? 0.05 : learningRate
      withoutRecording {
        for ((path, parameter), gradient) in zip(parameters.trainable, gradients) {
          let direction = state[path].map { $0 * 0.5 + gradient } ?? gradient
          if fault == .shared { memory.momentum[path] = direction } else { momentum[path] = direction }
          parameter.assign(parameter.value - direction * (fault == .uphill ? -rate : rate))
        }
      }
    }
  }

  @Test(arguments: Faulty.Fault.allCases) private func faultsAreFound(_ fault: Faulty.Fault) {
    let wanted: [Faulty.Fault: String] = [
      .uphill: "a quadratic of", .forgetful: "goes on in another way", .shared: "what a copy remembers changes",
      .stubborn: "a learning rate of 0 changes parameters",
    ]
    let failures = checkOptimizer { Faulty(fault) }
    guard let message = wanted[fault] else {
      #expect(failures == [])
      return
    }
    #expect(failures.contains { $0.message.contains(message) }, "\(failures)")
  }
}
