@testable import MynahTensors
import MynahTestSupport
import Testing

struct ProductGradientTests {
  static let sizes = [(3, 4, 2), (1, 1, 1), (2, 0, 3), (0, 2, 3), (4, 5, 1), (1, 3, 1), (2, 3, 0)]

  static let matmulsCases: [GradientCase] = sizes.flatMap { m, k, n in
    [(false, false), (false, true), (true, false), (true, true)].map { first, second in
      GradientCase(
        "matmul \(first) \(second)", [spread(first ? [k, m] : [m, k]), spread(second ? [n, k] : [k, n], 2)]
      ) { matmul($0[0], $0[1], transposingFirst: first, transposingSecond: second) }
    }
  }

  @Test(arguments: matmulsCases) func matrixProduct(_ test: GradientCase) { test.check() }

  /// Two dense blocks around one of codes, a negative code (no bit set) and a code that occurs twice among them.
  static let codes = Tensor(indices: [0, 3, -1, 3, 1], shape: [5, 1])
  /// Two codes a row, as for a block of two one-hot columns with joint numbering.
  static let pairs = Tensor(indices: [0, 2, 1, 3, 1, 2, -1, 3, 0, 3], shape: [5, 2])

  static let linearsCases: [GradientCase] = [
    GradientCase("linear dense", [spread([4, 3]), spread([5, 4], 2), spread([3], 3)]) {
      linear([.dense($0[1])], weight: $0[0], bias: $0[2])
    },
    GradientCase("linear without bias", [spread([7, 3]), spread([5, 4], 2), spread([5, 3], 3)]) {
      linear([.dense($0[1]), .dense($0[2])], weight: $0[0])
    },
    GradientCase(
      "linear mixed", [spread([14, 3]), spread([3], 2), spread([5, 4], 3), spread([5, 2], 4), codes, pairs]
    ) {
      linear(
        [.dense($0[2]), .codes($0[4], width: 4), .dense($0[3]), .codes($0[5], width: 4)], weight: $0[0], bias: $0[1])
    },
    GradientCase("linear codes only", [spread([4, 1]), codes]) {
      linear([.codes($0[1], width: 4)], weight: $0[0]).squared()
    },
    GradientCase("linear no rows", [spread([3, 2]), spread([2], 2), spread([0, 3], 3)]) {
      linear([.dense($0[2])], weight: $0[0], bias: $0[1])
    },
    GradientCase("linear empty block", [spread([3, 2]), spread([5, 0], 2), spread([5, 3], 3)]) {
      linear([.dense($0[1]), .dense($0[2])], weight: $0[0])
    },
  ]

  @Test(arguments: linearsCases) func blockLinear(_ test: GradientCase) { test.check() }

  @Test func blockLinearWeightGradient() {
    let layout = BlockLayout([
      .dense(Tensor.zeros([5, 2])), .codes(Self.codes, width: 4), .dense(Tensor.zeros([5, 3])),
    ])
    GradientCase("weight gradient", [spread([5, 3]), spread([5, 2], 2), Self.codes, spread([5, 3], 3)]) {
      BlockLinearWeightGradient(layout: layout).applied(to: $0).squared()
    }.check()
  }

  /// The blocks' product equals the product with the one-hot matrix written out.
  @Test func blocksEqualTheirOneHotMatrix() {
    let (x, weight, bias) = (spread([5, 2]), spread([10, 3], 2), spread([3], 3))
    var wide = Array(repeating: 0.0, count: 5 * 10)
    for row in 0..<5 {
      for j in 0..<2 { wide[row * 10 + j] = x.scalars[row * 2 + j] }
      let code = Int(Self.codes.scalars[row])
      if code >= 0 { wide[row * 10 + 2 + code] = 1 }
      for k in 0..<2 {
        let code = Int(Self.pairs.scalars[row * 2 + k])
        if code >= 0 { wide[row * 10 + 6 + code] = 1 }
      }
    }
    let expected = matmul(Tensor(wide, shape: [5, 10], scalarType: .float64), weight) + bias
    let actual = linear(
      [.dense(x), .codes(Self.codes, width: 4), .codes(Self.pairs, width: 4)], weight: weight, bias: bias)
    #expect(disagreement(actual.scalars, expected.scalars, absolute: 1e-14) == nil)
  }
}
