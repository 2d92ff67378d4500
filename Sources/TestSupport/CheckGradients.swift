import MynahRandomness
import MynahTensors

/// Holds the gradients of a function against central finite differences, in float64.
///
/// The function's output y(x), of any shape, is contracted with fixed random numbers to s₀ = ⟨w, y⟩. Order 1 compares
/// ∇s₀, computed with and without `createGraph`, with (s₀(x + h eᵢ) − s₀(x − h eᵢ)) / 2h for every element i of every
/// input. Order k does the same for sₖ₋₁ = ⟨v, ∇sₖ₋₂⟩ with fixed random v, so that it holds the gradients of gradients,
/// mixed ones included.
///
/// ```swift
/// @Test func myOperation() {
///   #expect(checkGradients({ MyOperation().applied(to: $0[0], $0[1]) }, at: [x, y], order: 2) == nil)
/// }
/// ```
///
/// - Parameters:
///   - function: must be smooth within `step` of the inputs, and the same on every call.
///   - inputs: float64 tensors, with respect to which gradients are taken, and int32 ones, which are passed on.
///   - order: the highest order of derivatives to check.
///   - step: h, for inputs of the size of 1; larger inputs take larger steps.
///   - tolerance: of the difference, relative to the larger of 1 and the largest gradient of its order.
/// - Returns: the first disagreement in words, nil when there is none.
public func checkGradients(
  _ function: ([Tensor]) -> Tensor, at inputs: [Tensor], order: Int = 1, step: Double = 1e-5, tolerance: Double = 1e-6
) -> String? {
  precondition(
    inputs.allSatisfy { $0.scalarType != .float32 }, "checkGradients: differences need float64 inputs, got float32")
  return withoutActuallyEscaping(function) { function in
    let check = GradientCheck(function: function, inputs: inputs, step: step, tolerance: tolerance)
    for k in 1...max(order, 1) {
      if let disagreement = check.disagreement(order: k) { return disagreement }
    }
    return nil
  }
}

private struct GradientCheck {
  let function: ([Tensor]) -> Tensor
  let inputs: [Tensor]
  let step: Double
  let tolerance: Double

  /// The places of the inputs that are differentiated.
  var variables: [Int] { inputs.indices.filter { inputs[$0].scalarType == .float64 } }

  func disagreement(order: Int) -> String? {
    let variables = self.variables
    let at = inputs.map { $0.scalarType == .float64 ? $0.recorded : $0 }
    let scalar = contraction(order - 1, at)
    let asked = variables.map { at[$0] }
    let plain = gradients(of: scalar, withRespectTo: asked)
    let graphed = gradients(of: scalar, withRespectTo: asked, createGraph: true)
    let expected = variables.map { differences(order - 1, of: $0) }
    let scale = expected.joined().reduce(1) { max($0, abs($1)) }
    for (k, input) in variables.enumerated() {
      for (name, gradient) in [("without", plain[k]), ("with", graphed[k])] {
        guard gradient.shape == inputs[input].shape, gradient.scalarType == .float64 else {
          return "order \(order), \(name) createGraph: the gradient of input \(input) is a \(gradient.scalarType) of "
            + "shape \(gradient.shape), expected float64 of \(inputs[input].shape)"
        }
        for (i, (actual, difference)) in zip(gradient.scalars, expected[k]).enumerated() {
          // NaN on either side is a disagreement.
          if !(abs(actual - difference) <= tolerance * scale) {
            return "order \(order), \(name) createGraph: input \(input), element \(i): \(actual) by pullbacks, "
              + "\(difference) by differences"
          }
        }
      }
    }
    return nil
  }

  /// sₖ, recorded.
  private func contraction(_ k: Int, _ at: [Tensor]) -> Tensor {
    guard k > 0 else { return inner([function(at)], level: 0) }
    let slopes = gradients(of: contraction(k - 1, at), withRespectTo: variables.map { at[$0] }, createGraph: true)
    return inner(slopes, level: k)
  }

  private func inner(_ tensors: [Tensor], level: Int) -> Tensor {
    var random = RandomSource(seed: UInt64(level) &+ 17)
    var total = Tensor(0, scalarType: .float64)
    for tensor in tensors {
      let weights = (0..<tensor.count).map { _ in random.uniform() + 0.5 }
      total = total + (tensor * Tensor(weights, shape: tensor.shape, scalarType: .float64)).sum()
    }
    return total
  }

  /// The central differences of sₖ along each element of one input.
  private func differences(_ k: Int, of input: Int) -> [Double] {
    let centre = inputs[input].scalars
    return centre.indices.map { i in
      let h = step * max(1, abs(centre[i]))
      func value(_ shift: Double) -> Double {
        var moved = centre
        moved[i] += shift
        var at = inputs
        at[input] = Tensor(moved, shape: inputs[input].shape, scalarType: .float64)
        if k > 0 { at = at.map { $0.scalarType == .float64 ? $0.recorded : $0 } }
        return contraction(k, at).item
      }
      return (value(h) - value(-h)) / (2 * h)
    }
  }
}
