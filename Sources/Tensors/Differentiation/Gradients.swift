/// Gradients of a scalar, by reverse accumulation.
///
/// - Parameters:
///   - loss: one number.
///   - inputs: recorded tensors: variables (`recorded`) or anything computed from one.
///   - createGraph: records the backward pass too, so that the gradients can be differentiated again (a gradient
///     penalty, Hessian-vector products).
/// - Returns: for each input a tensor of its shape; zeros where the loss does not depend on it.
///
/// The walk visits only the steps between the loss and the inputs: asking for a critic's gradients computes none of a
/// generator's.
public func gradients(of loss: Tensor, withRespectTo inputs: [Tensor], createGraph: Bool = false) -> [Tensor] {
  precondition(loss.count == 1, "gradients(of:): the loss must be one number, got shape \(loss.shape)")
  for (i, input) in inputs.enumerated() {
    precondition(input.isRecorded, "gradients(of:withRespectTo:): input \(i) of shape \(input.shape) is not recorded")
  }
  func walk() -> [Tensor] {
    let wanted = Set(inputs.map { ObjectIdentifier($0.node!) })
    var cotangents: [ObjectIdentifier: Tensor] = [:]
    if let root = loss.node {
      cotangents[ObjectIdentifier(root)] = Tensor(repeating: 1, shape: loss.shape, scalarType: loss.scalarType)
      let path = nodesBetween(root, and: wanted)
      for node in path.order {
        let id = ObjectIdentifier(node)
        guard let operation = node.operation, let output = node.output, let cotangent = cotangents[id] else { continue }
        let needed = node.inputs.map { input in input.node.map { path.members.contains(ObjectIdentifier($0)) } ?? false
        }
        guard needed.contains(true) else { continue }
        if !wanted.contains(id) { cotangents[id] = nil }
        let parts = operation.pullback(
          cotangent, inputs: node.inputs, output: Tensor(output, node: node), needed: needed)
        precondition(
          parts.count == node.inputs.count,
          "\(type(of: operation)).pullback: \(parts.count) gradients for \(node.inputs.count) inputs")
        for (index, input) in node.inputs.enumerated() where needed[index] {
          guard let part = parts[index], let target = input.node else { continue }
          precondition(
            broadcastShape(part.shape, input.shape, "gradient") == part.shape,
            "\(type(of: operation)).pullback: a gradient of shape \(part.shape) for input \(index) of \(input.shape)")
          let gradient = part.summed(to: input.shape)
          let key = ObjectIdentifier(target)
          cotangents[key] = cotangents[key].map { $0 + gradient } ?? gradient
        }
      }
    }
    return inputs.map { input in
      cotangents[ObjectIdentifier(input.node!)] ?? Tensor.zeros(input.shape, scalarType: input.scalarType)
    }
  }
  return createGraph ? walk() : withoutRecording(walk)
}

/// The nodes on a path from `root` to a wanted node, latest first.
private func nodesBetween(
  _ root: Node, and wanted: Set<ObjectIdentifier>
) -> (order: [Node], members: Set<ObjectIdentifier>) {
  // Everything below the root, latest first: inputs always come after the nodes that use them.
  var seen: Set<ObjectIdentifier> = [ObjectIdentifier(root)]
  var all = [root]
  var next = 0
  while next < all.count {
    let node = all[next]
    next += 1
    for input in node.inputs {
      if let below = input.node, seen.insert(ObjectIdentifier(below)).inserted { all.append(below) }
    }
  }
  all.sort { $0.sequence > $1.sequence }
  var members: Set<ObjectIdentifier> = []
  for node in all.reversed() {
    let leadsThere = node.inputs.contains { $0.node.map { members.contains(ObjectIdentifier($0)) } ?? false }
    if leadsThere || wanted.contains(ObjectIdentifier(node)) { members.insert(ObjectIdentifier(node)) }
  }
  return (all.filter { members.contains(ObjectIdentifier($0)) }, members)
}
