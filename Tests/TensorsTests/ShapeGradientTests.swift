@testable import MynahTensors
import MynahTestSupport
import Testing

struct ShapeGradientTests {
  static let axes: [([Int], [Int])] = [
    ([2, 3], [0]), ([2, 3], [1]), ([2, 3], [-1]), ([2, 3], [0, 1]), ([2, 3, 2], [0, 2]), ([2, 3, 2], [1]),
    ([2, 1, 3, 2], [-4, -2]), ([2, 1, 3, 2], [1, 2]), ([0, 3], [0]), ([3, 0], [1]), ([0, 3], [1]), ([1, 1], [0]),
    ([4], []), ([2, 2, 2, 2], [0, 1, 3]),
  ]

  static let sumsCases: [GradientCase] = axes.flatMap { shape, axes in
    [
      GradientCase("sum over \(axes)", [spread(shape)]) { $0[0].sum(over: axes).squared() },
      GradientCase("sum over \(axes), kept", [spread(shape)]) {
        ($0[0].sum(over: axes, keepingAxes: true) * $0[0]).squared()
      },
    ]
  }

  static let wholeCases: [GradientCase] = [[], [3], [2, 3], [0]].map { shape in
    GradientCase("sum and mean", [spread(shape)]) { x in
      x[0].sum().squared() + (shape == [0] ? x[0].sum() : x[0].mean().squared())
    }
  }

  static let movesCases: [GradientCase] = [
    GradientCase("mean over 0", [spread([3, 2])]) { $0[0].mean(over: 0).squared() },
    GradientCase("mean over 1, kept", [spread([3, 2])]) { ($0[0] - $0[0].mean(over: 1, keepingAxes: true)).squared() },
    GradientCase("reshaped", [spread([3, 2])]) { $0[0].reshaped(to: [2, 1, 3]).squared() },
    GradientCase("reshaped empty", [spread([0, 2])]) { $0[0].reshaped(to: [5, 0]).squared() },
    GradientCase("transposed", [spread([3, 2])]) {
      $0[0].transposed() * positive([2, 3], 4).like($0[0]) * $0[0].sum()
    },
    GradientCase("transposed row", [spread([1, 20])]) { $0[0].transposed().squared() },
    GradientCase("transposed empty", [spread([0, 2])]) { $0[0].transposed().squared() },
    GradientCase("broadcast", [spread([3, 1])]) { $0[0].broadcast(to: [2, 3, 4]).squared() },
    GradientCase("broadcast scalar", [spread([])]) { $0[0].broadcast(to: [2, 2]).squared() },
    GradientCase("broadcast to nothing", [spread([1, 2])]) { $0[0].broadcast(to: [0, 2]).squared() },
    GradientCase("pad", [spread([2, 2, 3])]) { Pad(range: 1..<3, axis: 1, length: 4).applied(to: $0[0]).squared() },
    GradientCase("pad first", [spread([2, 3])]) { Pad(range: 0..<2, axis: 0, length: 3).applied(to: $0[0]).squared() },
    GradientCase("pad from nothing", [spread([2, 0])]) {
      Pad(range: 1..<1, axis: 1, length: 3).applied(to: $0[0]).squared()
    },
  ]

  static let slicesCases: [GradientCase] = [
    (0, 1..<3), (0, 0..<2), (0, 2..<2), (1, 0..<1), (1, 1..<2), (2, 1..<3), (-1, 0..<2), (-3, 2..<3), (1, 0..<2),
  ].map { axis, range in
    GradientCase("slice \(range) along \(axis)", [spread([3, 2, 4])]) {
      $0[0].sliced(range, alongAxis: axis).squared()
    }
  }

  static let concatenationsCases: [GradientCase] = [
    ([2, 3], [1, 3], 0), ([2, 3], [2, 1], 1), ([2, 3], [2, 2], -1), ([0, 3], [2, 3], 0), ([2, 0], [2, 2], 1),
    ([2, 1, 2], [2, 3, 2], 1), ([2, 1, 2], [2, 1, 1], 2), ([3], [2], 0),
  ].map { a, b, axis in
    GradientCase("concatenate along \(axis)", [spread(a), spread(b, 2)]) {
      concatenate([$0[0], $0[1], $0[0]], alongAxis: axis).squared()
    }
  }

  static let rowsCases: [GradientCase] = [
    GradientCase("gather", [spread([4, 3]), Tensor(indices: [2, 0, 2, -1, 3])]) {
      $0[0].gatheringRows($0[1]).squared()
    },
    GradientCase("gather by matrix", [spread([4, 2, 2]), Tensor(indices: [1, 1, 0, 3], shape: [2, 2])]) {
      $0[0].gatheringRows($0[1]).squared()
    },
    GradientCase("gather none", [spread([4, 2]), Tensor(indices: [])]) { $0[0].gatheringRows($0[1]).squared() },
    GradientCase("gather from a vector", [spread([4]), Tensor(indices: [3, 0])]) {
      $0[0].gatheringRows($0[1]).squared()
    },
    GradientCase("scatter", [spread([5, 3]), Tensor(indices: [2, 0, 2, -1, 1])]) {
      $0[0].scatterAddingRows(at: $0[1], count: 4).squared()
    },
    GradientCase("scatter by matrix", [spread([2, 2, 3]), Tensor(indices: [1, 1, 0, 2], shape: [2, 2])]) {
      $0[0].scatterAddingRows(at: $0[1], count: 3).squared()
    },
  ]

  @Test(arguments: sumsCases) func sum(_ test: GradientCase) { test.check() }
  @Test(arguments: wholeCases) func wholeSum(_ test: GradientCase) { test.check() }
  @Test(arguments: movesCases) func move(_ test: GradientCase) { test.check() }
  @Test(arguments: slicesCases) func slice(_ test: GradientCase) { test.check() }
  @Test(arguments: concatenationsCases) func concatenation(_ test: GradientCase) { test.check() }
  @Test(arguments: rowsCases) func rows(_ test: GradientCase) { test.check() }
}

extension Tensor {
  /// The same numbers in the scalar type of `other`.
  func like(_ other: Tensor) -> Tensor { Tensor(scalars, shape: shape, scalarType: other.scalarType) }
}
