import MynahRandomness
import MynahTensors
import MynahTestSupport
import Testing

/// A function of tensors and a point at which its gradients are checked.
struct GradientCase: Sendable, CustomTestStringConvertible {
  let name: String
  let inputs: [Tensor]
  let function: @Sendable ([Tensor]) -> Tensor

  init(_ name: String, _ inputs: [Tensor], _ function: @escaping @Sendable ([Tensor]) -> Tensor) {
    self.name = name
    self.inputs = inputs
    self.function = function
  }

  var testDescription: String { "\(name) at \(inputs.map(\.shape))" }

  /// Gradients of both orders against differences; float32 against float64, values and gradients.
  func check(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(
      checkGradients(function, at: inputs, order: 2) == nil, Comment(rawValue: testDescription),
      sourceLocation: sourceLocation)
    let double = valueAndGradients(inputs)
    let single = valueAndGradients(
      inputs.map { $0.scalarType == .float64 ? Tensor($0.scalars, shape: $0.shape) : $0 })
    for (d, s) in zip(double, single) {
      #expect(d.shape == s.shape && s.scalarType == .float32, sourceLocation: sourceLocation)
      let size = d.scalars.reduce(1) { max($0, abs($1)) }
      #expect(
        disagreement(s.scalars, d.scalars, absolute: 4e-6 * size) == nil,
        Comment(rawValue: "float32 \(testDescription)"),
        sourceLocation: sourceLocation)
    }
  }

  private func valueAndGradients(_ inputs: [Tensor]) -> [Tensor] {
    let variables = inputs.map { $0.scalarType.isFloatingPoint ? $0.recorded : $0 }
    let output = function(variables)
    return [output]
      + gradients(of: output.sum(), withRespectTo: variables.filter { $0.scalarType.isFloatingPoint })
  }
}

/// Numbers of either sign between 0.3 and 1.7 in size: away from the kink of a ReLU and the pole of a logarithm.
func spread(_ shape: [Int], _ seed: UInt64 = 1) -> Tensor {
  var random = RandomSource(seed: seed)
  let count = shape.reduce(1, *)
  return Tensor(
    (0..<count).map { _ in (0.3 + 1.4 * random.uniform()) * (random.uniform() < 0.5 ? -1 : 1) }, shape: shape,
    scalarType: .float64)
}

/// Numbers between 0.3 and 1.7.
func positive(_ shape: [Int], _ seed: UInt64 = 1) -> Tensor {
  Tensor(spread(shape, seed).scalars.map(abs), shape: shape, scalarType: .float64)
}
