import MynahNeuralNetworks
import MynahTensors

/// Holds an optimiser to what `Optimizer` promises.
///
/// ```swift
/// @Test func conforms() { #expect(checkOptimizer { MyOptimizer(learningRate: 0.05) } == []) }
/// ```
///
/// - it brings a quadratic ½ Σ cᵢ (xᵢ − aᵢ)² of badly matched scales down;
/// - the same gradients give the same parameters; a copy of it does not share what it remembers;
/// - one that is made anew and given the state of another goes on exactly as that one;
/// - a learning rate of 0 changes nothing, and neither do parameters that are not trainable change.
///
/// - Parameters:
///   - make: a new optimiser, always the same, whose learning rate suits numbers of the size of 1.
///   - steps: after which the quadratic must be below a tenth of what it was.
/// - Returns: The broken promises.
public func checkOptimizer<O: Optimizer>(steps: Int = 200, _ make: () -> O) -> [ConformanceFailure] {
  var failures: [ConformanceFailure] = []
  func expect(_ holds: Bool, _ message: String) {
    if !holds { failures.append(ConformanceFailure(message, of: "\(O.self)")) }
  }

  let bowl = Bowl()
  var optimizer = make()
  bowl.walk(&optimizer, steps: steps)
  expect(bowl.values.values.allSatisfy(\.isFinite), "a parameter is not finite after \(steps) steps")
  expect(bowl.height < Bowl().height / 10, "a quadratic of \(Bowl().height) is \(bowl.height) after \(steps) steps")
  expect(sameBytes(bowl.fixed.value, Bowl().fixed.value), "a parameter that is not trainable changes")

  let twin = Bowl()
  var other = make()
  twin.walk(&other, steps: steps)
  expect(sameBytes(twin.values, bowl.values), "the same gradients give other parameters")

  // Interrupted after seven steps: the state is all that a new one gets.
  let (interrupted, resumed) = (Bowl(), Bowl())
  var first = make()
  interrupted.walk(&first, steps: 7)
  let state = first.state
  do { try resumed.parameters.assign(interrupted.values) } catch { expect(false, "\(error)") }
  var second = make()
  second.state = state
  expect(sameBytes(second.state, state), "the state that is set is not the state that it has")
  second.learningRate = first.learningRate
  let copy = first
  interrupted.walk(&first, steps: 5)
  expect(sameBytes(copy.state, state), "what a copy remembers changes with the original")
  resumed.walk(&second, steps: 5)
  expect(sameBytes(resumed.values, interrupted.values), "one given the state of another goes on in another way")

  let still = Bowl()
  var idle = make()
  idle.learningRate = 0
  still.walk(&idle, steps: 3)
  expect(sameBytes(still.values, Bowl().values), "a learning rate of 0 changes parameters")
  return failures
}

/// ½ Σ cᵢ (xᵢ − aᵢ)² of two parameters, beside one that is not trainable.
private struct Bowl {
  let left = Parameter(Tensor([1, -1, 2]))
  let right = Parameter(Tensor([0.5, -2], shape: [2, 1]))
  let fixed = Parameter(Tensor([3, 4]), isTrainable: false)

  var parameters: ParameterTree { ["left": .leaf(left), "fixed": .leaf(fixed), "right": .leaf(right)] }
  var values: [String: Tensor] { parameters.values }
  var height: Double { loss.item }

  private var loss: Tensor {
    let first = (left.value - Tensor([0.2, 0.1, -0.3])).squared() * Tensor([1, 3, 0.5])
    return (first.sum() + (right.value - 0.25).squared().sum()) * 0.5
  }

  func walk(_ optimizer: inout some Optimizer, steps: Int) {
    for _ in 0..<steps {
      let slopes = gradients(of: loss, withRespectTo: parameters.trainableValues)
      optimizer.update(parameters, along: slopes)
    }
  }
}
