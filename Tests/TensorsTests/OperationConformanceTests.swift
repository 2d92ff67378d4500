import MynahTestSupport
import Testing

@testable import MynahTensors

/// `checkOperation` on operations of this module, and on ones that break a promise.
@Suite struct OperationConformanceTests {
  private let x = Tensor([-1.5, -0.4, 0.3, 0.9, 1.7, 2.2], shape: [2, 3], scalarType: .float64)
  private let y = Tensor([0.5, -1.2, 2], shape: [3], scalarType: .float64)

  @Test func ownOperationsConform() {
    #expect(checkOperation(Sigmoid(), at: [x]) == [])
    #expect(checkOperation(HyperbolicTangent(), at: [x], order: 3) == [])
    #expect(checkOperation(LeakyReLU(slope: 0.2), at: [x]) == [])
    #expect(checkOperation(Multiply(), at: [x, y]) == [])
    #expect(checkOperation(Divide(), at: [x, y]) == [])
  }

  /// Right only in the ways that `fault` leaves.
  private struct Square: DifferentiableOperation {
    enum Fault: CaseIterable { case none, slope, count, type, absent, graph }
    var fault: Fault

    func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].squared() }

    func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
      let right = cotangent * inputs[0] * 2
      return switch fault {
      case .none: [right]
      case .slope: [right * 1.01]
      case .count: [right, right]
      case .type: [right.cast(to: .float32)]
      case .absent: [nil]
      case .graph: [cotangent * inputs[0].detached * 2]
      }
    }
  }

  @Test(arguments: Square.Fault.allCases) private func faultsAreFound(_ fault: Square.Fault) {
    let wanted: [Square.Fault: String] = [
      .slope: "order 1", .count: "2 gradients for 1 inputs", .type: "is a float32", .absent: "no gradient",
      .graph: "order 2",
    ]
    let failures = checkOperation(Square(fault: fault), at: [x])
    guard let message = wanted[fault] else {
      #expect(failures == [])
      return
    }
    #expect(failures.count == 1 && failures[0].message.contains(message), "\(failures)")
    #expect(failures.first?.subject == "Square")
  }
}
