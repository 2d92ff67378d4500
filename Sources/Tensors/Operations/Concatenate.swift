/// y = the inputs one after another along an axis; each input's gradient is its slice of ȳ.
struct Concatenate: DifferentiableOperation {
  let axis: Int

  func forward(_ inputs: [Tensor]) -> Tensor {
    var shape = inputs[0].shape
    shape[axis] = inputs.reduce(0) { $0 + $1.shape[axis] }
    let result = Tensor(uninitialized: shape, inputs[0].scalarType)
    let outer = shape[..<axis].reduce(1, *)
    let unit = shape[(axis + 1)...].reduce(1, *) * result.scalarType.byteCount
    var at = 0
    for input in inputs {
      let run = input.shape[axis] * unit
      for o in 0..<outer {
        (result.storage.pointer + o * shape[axis] * unit + at).copyMemory(
          from: input.storage.pointer + input.byteOffset + o * run, byteCount: run)
      }
      at += run
    }
    return withExtendedLifetime(inputs) { result }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    var at = 0
    return inputs.indices.map { i in
      defer { at += inputs[i].shape[axis] }
      return needed[i] ? cotangent.sliced(at..<at + inputs[i].shape[axis], alongAxis: axis) : nil
    }
  }
}

/// The tensors one after another along `axis`; other axes must agree.
public func concatenate(_ tensors: [Tensor], alongAxis axis: Int = 0) -> Tensor {
  precondition(!tensors.isEmpty, "concatenate: no tensors")
  let axis = axis < 0 ? axis + tensors[0].rank : axis
  for tensor in tensors {
    var (a, b) = (tensor.shape, tensors[0].shape)
    precondition(a.indices.contains(axis), "concatenate: no axis \(axis) in shape \(a)")
    a[axis] = 0
    b[axis] = 0
    precondition(
      a == b && tensor.scalarType == tensors[0].scalarType,
      "concatenate along axis \(axis): shapes \(tensors[0].shape) and \(tensor.shape) do not agree")
  }
  return tensors.count == 1 ? tensors[0] : Concatenate(axis: axis).applied(to: tensors)
}
