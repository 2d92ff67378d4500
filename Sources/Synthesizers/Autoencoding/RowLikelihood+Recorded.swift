import MynahTensors

extension RowLikelihood {
  /// The pullback in tensor operations, for gradients of gradients.
  ///
  /// With p the softmax of each span and y the one-hot row: x̄ = ḡ (p − y) in spans of levels and ḡ (μ − x) μ′ / σ² at
  /// scalars; σ̄ = Σ ḡ (1 / σ − (x − μ)² / σ³).
  func recordedPullback(_ cotangent: Tensor, _ logits: Tensor, _ deviations: Tensor) -> [Tensor?] {
    let type = logits.scalarType
    let g = cotangent.reshaped(to: [cotangent.count, 1])
    let level = Tensor(levelMask, scalarType: type)
    let squashed = Tensor(mask(tanh: true), scalarType: type)
    let plain = Tensor(mask(tanh: false), scalarType: type)
    let place = Tensor(scatter, shape: [spans.scalarOffsets.count, spans.width], scalarType: type)
    let target = target(rows: logits.shape[0]).cast(to: type)

    let tanh = logits.tanh()
    let difference = squashed * tanh + plain * logits - target
    let slope = squashed * (1 - tanh.squared()) + plain
    // σ at the scalars' columns, 1 elsewhere.
    let sigma =
      matmul(deviations.reshaped(to: [1, deviations.count]), place).reshaped(to: [spans.width])
      + (1 - squashed - plain)
    let levels = level * (logits.segmentSoftmax(spans.segments) - target)
    let scalars = difference * slope / sigma.squared()
    let wide = (g * (squashed + plain) * (1 / sigma - difference.squared() / sigma.power(3))).sum(
      over: 0, keepingAxes: true)
    return [
      g * (levels + scalars), matmul(wide, place, transposingSecond: true).reshaped(to: [deviations.count]),
    ]
  }

  /// 1 in the columns of modelled spans of levels.
  private var levelMask: [Double] {
    var mask = [Double](repeating: 0, count: spans.width)
    for (offset, width) in zip(spans.levelOffsets, spans.levelWidths) {
      for column in Int(offset)..<Int(offset + width) { mask[column] = 1 }
    }
    return mask
  }

  /// 1 in the columns of scalars whose mean is a tanh, or of the others.
  private func mask(tanh: Bool) -> [Double] {
    var mask = [Double](repeating: 0, count: spans.width)
    for (offset, isTanh) in zip(spans.scalarOffsets, spans.isTanh) where (isTanh == 1) == tanh { mask[Int(offset)] = 1 }
    return mask
  }

  /// scalars × width: 1 at each scalar's column.
  private var scatter: [Double] {
    var scatter = [Double](repeating: 0, count: spans.scalarOffsets.count * spans.width)
    for (index, offset) in spans.scalarOffsets.enumerated() { scatter[index * spans.width + Int(offset)] = 1 }
    return scatter
  }

  /// The rows in dense form.
  private func target(rows: Int) -> Tensor {
    let (values, levels) = (scalars.scalars, codes.scalars)
    var target = [Double](repeating: 0, count: rows * spans.width)
    for row in 0..<rows {
      let at = row * spans.width
      for (index, offset) in spans.scalarOffsets.enumerated() {
        target[at + Int(offset)] = values[row * spans.scalarOffsets.count + index]
      }
      for index in spans.levelOffsets.indices where spans.levelWidths[index] > 0 {
        target[at + Int(levels[row * spans.levelOffsets.count + index])] = 1
      }
    }
    return Tensor(target, shape: [rows, spans.width], scalarType: .float64)
  }
}
