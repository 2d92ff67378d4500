import Foundation
import MynahEncoders
import MynahRandomness
import MynahTensors
import MynahTestSupport
import Testing

@testable import MynahSynthesizers

/// The fused operations against finite differences, in float64, first and second order; and in float32 against float64.
@Suite struct AutoencoderOperationTests {
  private func numbers(_ shape: [Int], seed: UInt64, scale: Double = 1) -> Tensor {
    var random = RandomSource(seed: seed)
    return Tensor(
      (0..<shape.reduce(1, *)).map { _ in scale * random.normal() }, shape: shape, scalarType: .float64)
  }

  @Test func latentDraw() {
    let inputs = [numbers([3, 8], seed: 1), numbers([3, 4], seed: 2)]
    #expect(checkGradients({ LatentDraw().applied(to: $0[0], $0[1]) }, at: inputs, order: 2) == nil)
    let (x, e) = (inputs[0].scalars, inputs[1].scalars)
    let expected = e.indices.map { place -> Double in
      let mean = place / 4 * 8 + place % 4
      return x[mean] + exp(x[mean + 4] / 2) * e[place]
    }
    #expect(disagreement(LatentDraw().applied(to: inputs).scalars, expected, relative: 1e-14) == nil)
  }

  @Test func latentDivergence() {
    let statistics = numbers([3, 38], seed: 3)
    #expect(checkGradients({ LatentDivergence().applied(to: $0[0]) }, at: [statistics], order: 2) == nil)
    // Of the standard distribution from itself there is none.
    #expect(LatentDivergence().applied(to: Tensor.zeros([2, 6])).scalars == [0, 0])
    #expect(LatentDivergence().applied(to: Tensor([2, 0], shape: [1, 2])).scalars == [2])
  }

  private func likelihood(
    _ spans: [EncodedSpan], rows: Int, leavingOut block: Int? = nil
  ) -> (operation: RowLikelihood, inputs: [Tensor]) {
    let layout = EncodedLayout(spans: spans.map { [$0] }, isDiscrete: spans.map { _ in false })
    var random = RandomSource(seed: 4)
    let scalars = numbers([rows, layout.scalarBlocks.count], seed: 5, scale: 0.5)
    let codes = (0..<rows).flatMap { _ in
      layout.codeBlocks.map { block in
        Int32(layout.placements[block].offset + random.index(below: layout.placements[block].span.width))
      }
    }
    let operation = RowLikelihood(
      spans: RowSpans(layout, leavingOut: block), scalars: scalars,
      codes: Tensor(indices: codes, shape: [rows, layout.codeBlocks.count]))
    let deviations = (0..<layout.scalarBlocks.count).map { 0.6 + 0.2 * Double($0) }
    return (
      operation,
      [
        numbers([rows, layout.width], seed: 6),
        Tensor(deviations, shape: [layout.scalarBlocks.count], scalarType: .float64),
      ]
    )
  }

  private static let tanh = EncodedSpan(width: 1, head: .tanh)
  private static let plain = EncodedSpan(width: 1, head: .identity)
  private static func levels(_ width: Int) -> EncodedSpan { EncodedSpan(width: width, head: .softmax) }

  @Test(
    arguments: [
      ([tanh, levels(3), plain, levels(4)], nil), ([levels(2), levels(5), tanh], 1), ([tanh, plain], nil),
    ] as [([EncodedSpan], Int?)])
  func rowLikelihood(spans: [EncodedSpan], leavingOut block: Int?) {
    let (operation, inputs) = likelihood(spans, rows: 4, leavingOut: block)
    #expect(checkGradients({ operation.applied(to: $0[0], $0[1]) }, at: inputs, order: 2) == nil)
  }

  /// Without a scalar there is no σ, and nothing to take a gradient with respect to but the logits.
  @Test func levelsAlone() {
    let (operation, inputs) = likelihood([Self.levels(3), Self.levels(1)], rows: 4)
    #expect(checkGradients({ operation.applied(to: $0[0], inputs[1]) }, at: [inputs[0]], order: 1) == nil)
  }

  /// More rows than one thread takes at a time, and float32.
  @Test func manyRowsInFloat32() {
    let (operation, inputs) = likelihood([Self.tanh, Self.levels(60), Self.plain, Self.levels(300)], rows: 150)
    func results(_ type: ScalarType) -> [[Double]] {
      let at = inputs.map { $0.cast(to: type).recorded }
      let losses = operation.applied(to: at[0], at[1])
      return [losses.scalars] + gradients(of: losses.sum(), withRespectTo: at).map(\.scalars)
    }
    for (single, double) in zip(results(.float32), results(.float64)) {
      let scale = double.map(abs).max() ?? 0
      #expect(disagreement(single, double, absolute: 1e-5 * max(1, scale)) == nil)
    }
  }

  @Test func aHopelessLogitCostsAFiniteLoss() {
    let layout = EncodedLayout(spans: [[Self.levels(2)]], isDiscrete: [true])
    let operation = RowLikelihood(
      spans: RowSpans(layout), scalars: .zeros([1, 0]), codes: Tensor(indices: [1], shape: [1, 1]))
    let logits = Tensor([300, -300], shape: [1, 2]).recorded
    let loss = operation.applied(to: logits, .zeros([0]))
    #expect(loss.scalars == [600])
    #expect(gradients(of: loss.sum(), withRespectTo: [logits])[0].scalars == [1, -1])
  }
}
