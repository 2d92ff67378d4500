import CKernels
import MynahTensors

/// For each row, the cross entropy between one span of its logits and the level that the condition asked for:
/// ℓ = ln Σ exp x − x[target] over the span; x̄ = ℓ̄ (softmax(x) − onehot(target)) inside the span.
struct ConditionLoss: DifferentiableOperation {
  /// First column, width and target of each row's span.
  let offsets: [Int32]
  let widths: [Int32]
  let targets: [Int32]

  func forward(_ inputs: [Tensor]) -> Tensor {
    let (rows, width) = (inputs[0].shape[0], inputs[0].shape[1])
    return Tensor(shape: [rows], of: Float.self) { loss in
      inputs[0].withUnsafeElements(as: Float.self) {
        mynah_span_cross_entropy_f32($0.baseAddress, width, offsets, widths, targets, rows, loss.baseAddress)
      }
    }
  }

  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    [ConditionLossGradient(loss: self).applied(to: inputs[0], cotangent)]
  }
}

/// The pullback of `ConditionLoss` as an operation of the logits and the losses' cotangent.
struct ConditionLossGradient: DifferentiableOperation {
  let loss: ConditionLoss

  func forward(_ inputs: [Tensor]) -> Tensor {
    let (rows, width) = (inputs[0].shape[0], inputs[0].shape[1])
    return Tensor(shape: inputs[0].shape, of: Float.self) { dx in
      inputs[0].withUnsafeElements(as: Float.self) { x in
        inputs[1].withUnsafeElements(as: Float.self) { g in
          mynah_span_cross_entropy_backward_f32(
            x.baseAddress, g.baseAddress, width, loss.offsets, loss.widths, loss.targets, rows, dx.baseAddress)
        }
      }
    }
  }

  /// With p = softmax(x) in the span and c the cotangent: x̄ = ℓ̄ p (c − Σ p c), and the losses get Σ c (p − onehot).
  func pullback(_ cotangent: Tensor, inputs: [Tensor], output: Tensor, needed: [Bool]) -> [Tensor?] {
    let (logits, g) = (inputs[0], inputs[1])
    let (inside, target) = masks(logits.shape)
    let centred = logits - (logits + (inside - 1) * 1e30).detached.rowMaximum()
    let exponentials = (centred * inside).exp() * inside
    let p = exponentials / exponentials.sum(over: 1, keepingAxes: true)
    let inner = (p * cotangent).sum(over: 1, keepingAxes: true)
    return [
      needed[0] ? g.reshaped(to: [g.count, 1]) * p * (cotangent - inner) : nil,
      needed[1] ? (cotangent * (p - target)).sum(over: 1) : nil,
    ]
  }

  /// 1 inside each row's span, and 1 at its target.
  private func masks(_ shape: [Int]) -> (inside: Tensor, target: Tensor) {
    var inside = [Float](repeating: 0, count: shape[0] * shape[1])
    var target = inside
    for row in 0..<shape[0] {
      let at = row * shape[1] + Int(loss.offsets[row])
      for i in at..<at + Int(loss.widths[row]) { inside[i] = 1 }
      target[at + Int(loss.targets[row])] = 1
    }
    return (Tensor(floats: inside, shape: shape), Tensor(floats: target, shape: shape))
  }
}

extension Tensor {
  /// The largest number of each row, rows × 1, as a constant.
  fileprivate func rowMaximum() -> Tensor {
    let width = shape[1]
    return Tensor(shape: [shape[0], 1], of: Float.self) { out in
      withUnsafeElements(as: Float.self) { x in
        for row in 0..<shape[0] { out[row] = x[row * width..<(row + 1) * width].max() ?? 0 }
      }
    }
  }
}
