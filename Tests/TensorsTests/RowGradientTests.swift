@testable import MynahTensors
import MynahTestSupport
import Testing

/// Operations that work within rows (softmax over segments) or columns (batch normalisation).
struct RowGradientTests {
  static let layouts: [([Int], Int)] = [([4], 3), ([1, 3, 2], 2), ([2, 0, 3], 2), ([1], 1), ([3, 2], 0)]

  static let segmentsCases: [GradientCase] = layouts.flatMap { widths, rows in
    let segments = Segments(widths: widths)
    let x = spread([rows, widths.reduce(0, +)])
    return [
      GradientCase("segment softmax \(widths)", [x]) { $0[0].segmentSoftmax(segments) },
      GradientCase("segment softmax at 0.5 \(widths)", [x]) { $0[0].segmentSoftmax(segments, temperature: 0.5) },
      GradientCase("segment log-softmax \(widths)", [x]) { $0[0].segmentLogSoftmax(segments) },
      GradientCase("segment sum \(widths)", [x]) { $0[0].segmentSum(segments).squared() },
    ]
  }

  static let lastAxisCases: [GradientCase] = [[3], [2, 3], [2, 1, 3], [0, 2], [2, 0], [2, 1]].flatMap { shape in
    [
      GradientCase("softmax", [spread(shape)]) { $0[0].softmax() },
      GradientCase("log-softmax", [spread(shape)]) { $0[0].logSoftmax() },
    ]
  }

  static let normalisationsCases: [GradientCase] = [[4, 3], [2, 1], [6, 2], [3, 0]].map { shape in
    GradientCase("batch normalisation", [spread(shape), positive([shape[1]], 2), spread([shape[1]], 3)]) {
      $0[0].batchNormalized(by: $0[0].columnMoments(), scale: $0[1], shift: $0[2], epsilon: 0.1)
    }
  }

  @Test(arguments: segmentsCases) func segment(_ test: GradientCase) { test.check() }
  @Test(arguments: lastAxisCases) func lastAxis(_ test: GradientCase) { test.check() }
  @Test(arguments: normalisationsCases) func batchNormalize(_ test: GradientCase) { test.check() }

  @Test func columnMoments() {
    let moments = Tensor([1, 10, 2, 20, 6, 60], shape: [3, 2], scalarType: .float64).recorded.columnMoments()
    #expect(moments.mean.scalars == [3, 30])
    #expect(disagreement(moments.variance.scalars, [14.0 / 3, 1400.0 / 3], relative: 1e-15) == nil)
    #expect(!moments.mean.isRecorded && !moments.variance.isRecorded)
  }

  /// One huge logit must not make the others overflow, and equal ones share alike.
  @Test(arguments: [ScalarType.float32, .float64]) func softmaxOfLargeNumbers(_ type: ScalarType) {
    let x = Tensor([1e4, 0, -1e4, 7, 7, 7], shape: [2, 3], scalarType: type)
    #expect(disagreement(x.softmax().scalars, [1, 0, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3], absolute: 1e-7) == nil)
    let logs = x.logSoftmax().scalars
    let third = -1.0986122886681098
    #expect(disagreement(logs, [0, -1e4, -2e4, third, third, third], relative: 2e-7) == nil)
    let broken = Tensor([1, .nan, 2, 1, 2, 3], shape: [2, 3], scalarType: type).softmax().scalars
    #expect(broken[0..<3].allSatisfy(\.isNaN) && broken[3...].allSatisfy { !$0.isNaN })
  }
}
