import Foundation
import MynahEncoders
import MynahRandomness
import MynahTensors
import Testing

@testable import MynahSynthesizers

@Suite struct OutputHeadsTests {
  static let layout = EncodedLayout(
    spans: [
      [EncodedSpan(width: 1, head: .tanh), EncodedSpan(width: 3, head: .softmax)],
      [EncodedSpan(width: 4, head: .softmax)],
    ], isDiscrete: [false, true])
  let heads = OutputHeads(Self.layout, temperature: 0.5)

  @Test func valuesByHand() {
    let logits = Tensor([0.3, 1, 2, 3, 0, 0, 0, 0], shape: [1, 8])
    let noise = Tensor([9, 0.5, 0, 0, 1, 0, 0, 0], shape: [1, 8])
    let y = heads.activated(logits, noise: noise).scalars
    #expect(abs(y[0] - 0.2913126) < 1e-6)  // tanh 0.3, whatever the noise
    // softmax of (1.5, 2, 3) / 0.5 and of (1, 0, 0, 0) / 0.5
    for (got, want) in zip(y[1...], [0.0420101, 0.1141952, 0.8437947, 0.7112346, 0.0962551, 0.0962551, 0.0962551]) {
      #expect(abs(got - want) < 1e-6)
    }
  }

  /// Spans shorter, as long as and longer than a register, the last one at the very end of memory.
  @Test func drawsAreTheGreatestOfLogitsAndNoise() {
    let widths = [2, 16, 17, 40, 3]
    let layout = EncodedLayout(
      spans: widths.map { [EncodedSpan(width: 1, head: .tanh), EncodedSpan(width: $0, head: .softmax)] },
      isDiscrete: widths.map { _ in false })
    let heads = OutputHeads(layout, temperature: 0.2)
    var random = RandomSource(seed: 3)
    let logits = Tensor.normal([200, layout.width], using: &random)
    let noise = { (random: RandomSource) in
      var copy = random
      return Tensor.gumbel([200, layout.width], using: &copy).scalars
    }(random)
    var drawn = [UInt32](repeating: 0, count: 200 * 10)
    heads.draw(logits, into: &drawn, using: &random)
    let x = logits.scalars
    for row in 0..<200 {
      for (index, placement) in layout.placements.enumerated() {
        let places = placement.range.map { row * layout.width + $0 }
        if placement.span.head == .tanh {
          #expect(abs(tanh(x[places[0]]) - Double(Float(bitPattern: drawn[row * 10 + index]))) < 1e-6)
        } else {
          let sums = places.map { Float(x[$0]) + Float(noise[$0]) }
          #expect(sums.firstIndex(of: sums.max()!)! == Int(drawn[row * 10 + index]))
        }
      }
    }
  }

  /// What is no number is never drawn beside one that is, and no code is outside its span.
  @Test func drawsOfOddLogits() {
    let (nan, infinity) = (Double.nan, Double.infinity)
    let spans: [[Double]] = [
      [nan, -50, nan, nan], [nan, nan, nan, nan], [-infinity, -infinity, 0, -infinity], [infinity, nan, 0, 50],
      [-infinity, -infinity, -infinity, -infinity], [-1e9, -1e9, -2e9, -1e9], [0, 0, nan, 1000], [-nan, -50, -50, 50],
    ]
    let heads = OutputHeads(
      EncodedLayout(spans: [[EncodedSpan(width: 4, head: .softmax)]], isDiscrete: [false]), temperature: 0.2)
    var random = RandomSource(seed: 4)
    var drawn = [UInt32](repeating: 9, count: spans.count)
    heads.draw(Tensor(spans.flatMap(\.self), shape: [spans.count, 4]), into: &drawn, using: &random)
    #expect(drawn[..<4] == [1, 0, 2, 0] && drawn[4] == 0 && [0, 1, 3].contains(drawn[5]) && drawn[6...] == [3, 3])
  }

  /// The fused pullback and the recorded one are the same function, and the recorded one is that of the formula.
  @Test func fusedAndRecordedPullbacksAgree() {
    var random = RandomSource(seed: 1)
    let x = Tensor.normal([5, 8], using: &random).recorded
    let noise = Tensor.gumbel([5, 8], using: &random)
    let weights = Tensor.normal([5, 8], using: &random)
    let loss = (heads.activated(x, noise: noise) * weights).sum()
    let fused = gradients(of: loss, withRespectTo: [x])[0].scalars
    let recorded = gradients(of: loss, withRespectTo: [x], createGraph: true)[0]
    for (a, b) in zip(fused, recorded.scalars) { #expect(abs(a - b) < 1e-5) }
    // Second order: the gradient of v · ∇ against differences of ∇ along v.
    let v = Tensor.normal([5, 8], using: &random)
    let second = gradients(of: (recorded * v).sum(), withRespectTo: [x])[0]
    let step = 1e-2
    func slope(_ at: Tensor) -> Tensor {
      let at = at.recorded
      return gradients(of: (heads.activated(at, noise: noise) * weights).sum(), withRespectTo: [at])[0]
    }
    let difference = (slope(x.detached + v * step) - slope(x.detached - v * step)) * (0.5 / step)
    let scale = second.scalars.map(abs).max() ?? 1
    for (a, b) in zip(second.scalars, difference.scalars) { #expect(abs(a - b) < 0.02 * scale) }
  }

  @Test func conditionLossIsTheCrossEntropyOfTheSpan() {
    var random = RandomSource(seed: 2)
    let x = Tensor.normal([3, 8], using: &random).recorded
    let operation = ConditionLoss(offsets: [4, 1, 4], widths: [4, 3, 4], targets: [2, 0, 3])
    let loss = operation.applied(to: x)
    for row in 0..<3 {
      let from = Int(operation.offsets[row])
      let span = Array(x.scalars[row * 8 + from..<row * 8 + from + Int(operation.widths[row])])
      let plain = Tensor(span, shape: [1, span.count]).logSoftmax().scalars[Int(operation.targets[row])]
      #expect(abs(loss.scalars[row] + plain) < 1e-5)
    }
    // First and second order against the same loss from recorded primitives.
    let weights = Tensor([1, -2, 0.5])
    func plain(_ x: Tensor) -> Tensor {
      var total = Tensor(0)
      for row in 0..<3 {
        let from = Int(operation.offsets[row])
        let span = x.sliced(row..<row + 1).sliced(from..<from + Int(operation.widths[row]), alongAxis: 1)
        let target = Int(operation.targets[row])
        total = total - span.logSoftmax().sliced(target..<target + 1, alongAxis: 1).sum() * weights.scalars[row]
      }
      return total
    }
    let v = Tensor.normal([3, 8], using: &random)
    func orders(_ loss: Tensor) -> ([Double], [Double]) {
      let first = gradients(of: loss, withRespectTo: [x], createGraph: true)[0]
      return (first.scalars, gradients(of: (first * v).sum(), withRespectTo: [x])[0].scalars)
    }
    let (ours, theirs) = (orders((loss * weights).sum()), orders(plain(x)))
    for (a, b) in zip(ours.0 + ours.1, theirs.0 + theirs.1) { #expect(abs(a - b) < 1e-5) }
  }
}
