import CKernels

/// The shape that two operands share, by NumPy's rule: axes are matched from the last; lengths are equal or 1.
func broadcastShape(_ a: [Int], _ b: [Int], _ operation: StaticString) -> [Int] {
  if a == b { return a }
  var result = a.count >= b.count ? a : b
  let short = a.count >= b.count ? b : a
  let offset = result.count - short.count
  for (i, length) in short.enumerated() {
    let other = result[offset + i]
    precondition(
      length == other || length == 1 || other == 1, "\(operation): shapes \(a) and \(b) do not broadcast")
    result[offset + i] = other == 1 ? length : other
  }
  return result
}

/// Two operands walked together: neighbouring axes that both walk alike are merged, the last two go to a C kernel.
struct BroadcastPlan {
  private(set) var lengths: [Int] = []
  private(set) var first: [Int] = []
  private(set) var second: [Int] = []

  init(_ a: [Int], _ b: [Int], into shape: [Int]) {
    let strides = (Self.strides(of: a, in: shape), Self.strides(of: b, in: shape))
    for axis in shape.indices where shape[axis] != 1 {
      let (sa, sb, n) = (strides.0[axis], strides.1[axis], shape[axis])
      if let i = lengths.indices.last, first[i] == sa * n, second[i] == sb * n {
        lengths[i] *= n
        first[i] = sa
        second[i] = sb
      } else {
        lengths.append(n)
        first.append(sa)
        second.append(sb)
      }
    }
    if lengths.isEmpty {
      lengths = [1]
      first = [0]
      second = [0]
    }
    if lengths.count == 1 {
      lengths.insert(1, at: 0)
      first.insert(0, at: 0)
      second.insert(0, at: 0)
    }
  }

  /// Strides in elements; 0 along axes that are repeated.
  private static func strides(of operand: [Int], in shape: [Int]) -> [Int] {
    var result = Array(repeating: 0, count: shape.count)
    var stride = 1
    for i in operand.indices.reversed() {
      result[shape.count - operand.count + i] = operand[i] == 1 ? 0 : stride
      stride *= operand[i]
    }
    return result
  }

  var outer: Int { lengths[lengths.count - 2] }
  var inner: Int { lengths[lengths.count - 1] }
  var firstWalk: mynah_walk { walk(first) }
  var secondWalk: mynah_walk { walk(second) }

  private func walk(_ strides: [Int]) -> mynah_walk {
    mynah_walk(outer: strides[strides.count - 2], inner: strides[strides.count - 1])
  }

  /// Calls `body` with the operands' offsets and the output's for each grid of the last two axes.
  func forEachGrid(_ body: (_ first: Int, _ second: Int, _ output: Int) -> Void) {
    let outerAxes = lengths.count - 2
    guard outerAxes > 0 else { return body(0, 0, 0) }
    var index = Array(repeating: 0, count: outerAxes)
    var (a, b, out) = (0, 0, 0)
    let total = lengths[0..<outerAxes].reduce(1, *)
    for _ in 0..<total {
      body(a, b, out)
      out += outer * inner
      var axis = outerAxes - 1
      while axis >= 0 {
        index[axis] += 1
        a += first[axis]
        b += second[axis]
        if index[axis] < lengths[axis] { break }
        a -= first[axis] * lengths[axis]
        b -= second[axis] * lengths[axis]
        index[axis] = 0
        axis -= 1
      }
    }
  }
}
