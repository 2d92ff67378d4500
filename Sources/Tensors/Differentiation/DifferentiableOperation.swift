/// A primitive: how it is computed and how a gradient goes back through it, side by side.
///
/// Modules outside this one add their own by conforming a type and calling `applied(to:)`.
/// `checkGradients`, in the product MynahTestSupport, holds an operation against finite differences.
public protocol DifferentiableOperation: Sendable {
  /// Computes the output. Inputs arrive as constants: nothing done here is recorded.
  func forward(_ inputs: [Tensor]) -> Tensor

  /// The vector-Jacobian product: for each input, the gradient of ⟨cotangent, output⟩.
  ///
  /// Write it in `Tensor` operations, and it can be differentiated again. A gradient may have the shape that
  /// broadcasting gave the input: the engine sums it back.
  ///
  /// - Parameters:
  ///   - cotangent: the gradient with respect to the output; of its shape.
  ///   - inputs: as they were given to `applied(to:)`.
  ///   - output: what `forward` returned.
  ///   - needed: for each input, whether its gradient has been asked for; others may be left nil.
  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?]
}

extension DifferentiableOperation {
  /// Runs the operation, and records it if an input is recorded.
  public func applied(to inputs: Tensor...) -> Tensor { applied(to: inputs) }

  /// Runs the operation, and records it if an input is recorded.
  public func applied(to inputs: [Tensor]) -> Tensor {
    guard isRecording, inputs.contains(where: \.isRecorded) else { return forward(inputs.map(\.detached)).detached }
    let output = withoutRecording { forward(inputs.map(\.detached)) }.detached
    return Tensor(output, node: Node(operation: self, inputs: inputs, output: output))
  }
}
