import Foundation
import MynahTensors
import MynahTestSupport
import Testing

/// ln(1 + eˣ), written with the public interface only: what a user's own operation looks like.
private struct Softplus: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor {
    Tensor(shape: inputs[0].shape, of: Double.self) { result in
      inputs[0].withUnsafeElements(as: Double.self) { x in
        for i in x.indices { result[i] = max(x[i], 0) + log1p(exp(-abs(x[i]))) }
      }
    }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent * inputs[0].sigmoid()]
  }
}

/// A wrong one: its pullback forgets the factor 3 of x³.
private struct WrongCube: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].power(3) }
  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent * inputs[0].squared()]
  }
}

/// Right to first order, but its pullback cannot be differentiated: it leaves the graph.
private struct DetachedSquare: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor { inputs[0].squared() }
  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent * (inputs[0].detached * 2)]
  }
}

/// a + b, leaving the sum over broadcast axes to the engine.
private struct PlainSum: DifferentiableOperation {
  func forward(_ inputs: [Tensor]) -> Tensor { inputs[0] + inputs[1] }
  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent, cotangent]
  }
}

struct UserOperationTests {
  @Test func aRightOperationPasses() {
    #expect(checkGradients({ Softplus().applied(to: $0[0]) }, at: [spread([2, 3])], order: 3) == nil)
    #expect(Softplus().applied(to: Tensor([0], scalarType: .float64)).item == log(2.0))
  }

  @Test func aWrongPullbackIsFound() throws {
    let message = try #require(checkGradients({ WrongCube().applied(to: $0[0]) }, at: [positive([2])]))
    #expect(message.contains("order 1") && message.contains("input 0, element 0"))
  }

  @Test func aPullbackThatLeavesTheGraphIsFound() throws {
    #expect(checkGradients({ DetachedSquare().applied(to: $0[0]) }, at: [spread([2])], order: 1) == nil)
    let message = try #require(checkGradients({ DetachedSquare().applied(to: $0[0]) }, at: [spread([2])], order: 2))
    #expect(message.contains("order 2"))
  }

  @Test func theEngineSumsOverBroadcastAxes() {
    #expect(
      checkGradients(
        { PlainSum().applied(to: $0[0], $0[1]).squared() }, at: [spread([2, 3]), spread([3], 2)], order: 2)
        == nil)
  }
}
