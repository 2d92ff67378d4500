import CKernels

/// One step of a recorded computation.
///
/// A node holds its inputs and its output without the output's own node: a node that owned its output would never be
/// freed.
final class Node: @unchecked Sendable {
  /// Later nodes have larger numbers, so sorting by it is a topological order.
  let sequence = mynah_next_sequence()
  /// Nil for a variable.
  let operation: (any DifferentiableOperation)?
  /// Written only by `init` and `deinit`.
  private(set) var inputs: [Tensor]
  /// Without its node.
  let output: Tensor?

  /// A variable.
  init() {
    operation = nil
    inputs = []
    output = nil
  }

  init(operation: any DifferentiableOperation, inputs: [Tensor], output: Tensor) {
    self.operation = operation
    self.inputs = inputs
    self.output = output
  }

  /// Frees a deep graph with a worklist: the default would recurse once per node and overflow the stack.
  deinit {
    guard !inputs.isEmpty else { return }
    var pending = inputs.compactMap(\.node)
    inputs = []
    while var node = pending.popLast() {
      guard isKnownUniquelyReferenced(&node), !node.inputs.isEmpty else { continue }
      let freed = node.inputs
      node.inputs = []
      pending += freed.compactMap(\.node)
    }
  }
}
