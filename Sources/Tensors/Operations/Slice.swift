/// y = a range of x along an axis; x̄ = ȳ with zeros around it. Along the first axis the slice is a view.
struct Slice: DifferentiableOperation {
  let range: Range<Int>
  let axis: Int

  func forward(_ inputs: [Tensor]) -> Tensor {
    let x = inputs[0]
    var shape = x.shape
    shape[axis] = range.count
    let outer = shape[..<axis].reduce(1, *)
    let unit = shape[(axis + 1)...].reduce(1, *) * x.scalarType.byteCount
    if outer == 1 {
      return Tensor(
        storage: x.storage, byteOffset: x.byteOffset + range.lowerBound * unit, shape: shape, scalarType: x.scalarType)
    }
    let result = Tensor(uninitialized: shape, x.scalarType)
    for o in 0..<outer {
      (result.storage.pointer + o * range.count * unit).copyMemory(
        from: x.storage.pointer + x.byteOffset + (o * x.shape[axis] + range.lowerBound) * unit,
        byteCount: range.count * unit)
    }
    return withExtendedLifetime(x) { result }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [Pad(range: range, axis: axis, length: inputs[0].shape[axis]).applied(to: cotangent)]
  }
}

/// y = zeros, with x in a range along an axis: what undoes a slice.
struct Pad: DifferentiableOperation {
  let range: Range<Int>
  let axis: Int
  let length: Int

  func forward(_ inputs: [Tensor]) -> Tensor {
    let x = inputs[0]
    var shape = x.shape
    shape[axis] = length
    let result = Tensor(uninitialized: shape, x.scalarType)
    let unit = shape[(axis + 1)...].reduce(1, *) * x.scalarType.byteCount
    for o in 0..<shape[..<axis].reduce(1, *) {
      let row = result.storage.pointer + o * length * unit
      row.initializeMemory(as: UInt8.self, repeating: 0, count: range.lowerBound * unit)
      (row + range.lowerBound * unit).copyMemory(
        from: x.storage.pointer + x.byteOffset + o * range.count * unit, byteCount: range.count * unit)
      (row + range.upperBound * unit).initializeMemory(
        as: UInt8.self, repeating: 0, count: (length - range.upperBound) * unit)
    }
    return withExtendedLifetime(x) { result }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [cotangent.sliced(range, alongAxis: axis)]
  }
}

extension Tensor {
  /// The elements of `range` along `axis`; the other axes whole.
  public func sliced(_ range: Range<Int>, alongAxis axis: Int = 0) -> Tensor {
    let axis = axis < 0 ? axis + rank : axis
    precondition(shape.indices.contains(axis), "sliced: no axis \(axis) in shape \(shape)")
    precondition(
      range.lowerBound >= 0 && range.upperBound <= shape[axis],
      "sliced: \(range) is not inside axis \(axis) of \(shape)")
    return range == 0..<shape[axis] ? self : Slice(range: range, axis: axis).applied(to: self)
  }
}
