import MynahTensors

/// Holds an operation to what `DifferentiableOperation` promises: the same output every time, gradients of the shapes of its
/// inputs, and agreement of its derivatives with finite differences up to `order`.
///
/// ```swift
/// @Test func conforms() { #expect(checkOperation(Softplus(), at: [x]) == []) }
/// ```
///
/// - Parameters:
///   - operation: one that takes as many inputs as are given.
///   - inputs: float64 tensors, and int32 ones with respect to which nothing is differentiated. Values within 1e-5 of a
///     kink have no derivative to compare.
///   - order: the highest order of derivatives; 2 is what a gradient penalty needs.
///   - tolerance: of a derivative, relative to the larger of 1 and the largest of its order.
/// - Returns: The broken promises.
public func checkOperation(
  _ operation: some DifferentiableOperation, at inputs: [Tensor], order: Int = 2, tolerance: Double = 1e-6
) -> [ConformanceFailure] {
  var failures: [ConformanceFailure] = []
  func expect(_ holds: Bool, _ message: String) {
    if !holds { failures.append(ConformanceFailure(message, of: "\(type(of: operation))")) }
  }
  let constants = inputs.map(\.detached)
  let output = operation.forward(constants)
  let again = operation.forward(constants)
  expect(sameBytes(output, again), "the same inputs give another output")
  let floating = inputs.map { $0.scalarType == .float64 }
  expect(output.scalarType == .float64, "float64 inputs give an output of \(output.scalarType)")

  let ones = Tensor(repeating: 1, shape: output.shape, scalarType: output.scalarType)
  let parts = operation.pullback(ones, inputs: constants, output: output, needed: floating)
  expect(parts.count == inputs.count, "the pullback returns \(parts.count) gradients for \(inputs.count) inputs")
  // The engine does not go on with a wrong number of gradients or another type.
  guard failures.isEmpty else { return failures }
  for (index, part) in parts.enumerated() where floating[index] {
    guard let part else {
      expect(false, "the pullback returns no gradient for input \(index), which is needed")
      continue
    }
    expect(part.scalarType == .float64, "the gradient of input \(index) is a \(part.scalarType)")
  }
  guard failures.isEmpty, floating.contains(true) else { return failures }
  if let difference = checkGradients({ operation.applied(to: $0) }, at: inputs, order: order, tolerance: tolerance) {
    expect(false, difference)
  }
  return failures
}

/// Whether two tensors have one shape, one type and the same bits.
func sameBytes(_ a: Tensor, _ b: Tensor) -> Bool {
  guard a.shape == b.shape, a.scalarType == b.scalarType else { return false }
  return a.withUnsafeBytes { first in b.withUnsafeBytes { second in first.elementsEqual(second) } }
}

/// Whether two sets of tensors are the same, name by name and bit by bit.
func sameBytes(_ a: [String: Tensor], _ b: [String: Tensor]) -> Bool {
  a.count == b.count && a.allSatisfy { name, tensor in b[name].map { sameBytes(tensor, $0) } ?? false }
}
