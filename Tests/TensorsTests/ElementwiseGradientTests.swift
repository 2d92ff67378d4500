import MynahTensors
import MynahTestSupport
import Testing

struct ElementwiseGradientTests {
  static let shapes: [[Int]] = [[], [1], [5], [2, 3], [0], [2, 0, 3], [2, 1, 3], [1, 2, 2, 2]]

  static let unaryCases: [GradientCase] = shapes.flatMap { shape in
    [
      GradientCase("negate", [spread(shape)]) { -$0[0] },
      GradientCase("exp", [spread(shape)]) { $0[0].exp() },
      GradientCase("log", [positive(shape)]) { $0[0].log() },
      GradientCase("tanh", [spread(shape)]) { $0[0].tanh() },
      GradientCase("sigmoid", [spread(shape)]) { $0[0].sigmoid() },
      GradientCase("sqrt", [positive(shape)]) { $0[0].sqrt() },
      GradientCase("squared", [spread(shape)]) { $0[0].squared() },
      GradientCase("leakyReLU", [spread(shape)]) { $0[0].leakyReLU(slope: 0.2).squared() },
      GradientCase("relu", [spread(shape)]) { $0[0].relu().exp() },
      GradientCase("clamped", [spread(shape)]) { $0[0].clamped(to: -1...1).squared() },
      GradientCase("scaled", [spread(shape)]) { $0[0].scaled(by: -1.5, plus: 0.25).squared() },
    ]
  }

  static let powersCases: [GradientCase] = [-2, -1, -0.5, 0, 0.5, 1, 1.7, 2, 3].flatMap { p in
    [[], [4], [0], [2, 1, 2]].map { shape in
      GradientCase("power \(p)", [positive(shape)]) { $0[0].power(p) }
    }
  }

  /// Shapes that broadcast against each other; taken in both orders.
  static let pairs: [([Int], [Int])] = [
    ([2, 3], [2, 3]), ([4, 3], [3]), ([4, 1], [1, 3]), ([2, 3], []), ([2, 1, 4], [3, 1]), ([2, 3, 1, 2], [3, 2, 1]),
    ([0, 3], [3]), ([0, 1], [1, 2]), ([1], [1]), ([1, 1], [3, 2]), ([], []), ([2, 2, 3], [2, 1, 3]),
  ]

  static let binaryCases: [GradientCase] = pairs.flatMap { a, b in [(a, b), (b, a)] }.flatMap { a, b in
    [
      GradientCase("+", [spread(a), spread(b, 2)]) { ($0[0] + $0[1]).squared() },
      GradientCase("-", [spread(a), spread(b, 2)]) { ($0[0] - $0[1]).squared() },
      GradientCase("*", [spread(a), spread(b, 2)]) { $0[0] * $0[1] },
      GradientCase("/", [spread(a), spread(b, 2)]) { $0[0] / $0[1] },
      GradientCase("maximum", [spread(a), spread(b, 2)]) { maximum($0[0], $0[1]).squared() },
      GradientCase("minimum", [spread(a), spread(b, 2)]) { minimum($0[0], $0[1]).squared() },
    ]
  }

  static let withNumbersCases: [GradientCase] = [[3], [], [2, 0]].flatMap { shape in
    [
      GradientCase("x + 2", [spread(shape)]) { ($0[0] + 2).squared() },
      GradientCase("2 + x", [spread(shape)]) { (2 + $0[0]).squared() },
      GradientCase("x - 2", [spread(shape)]) { ($0[0] - 2).squared() },
      GradientCase("2 - x", [spread(shape)]) { (2 - $0[0]).squared() },
      GradientCase("3 x", [spread(shape)]) { (3 * $0[0]).squared() },
      GradientCase("x 3", [spread(shape)]) { ($0[0] * 3).squared() },
      GradientCase("x / 3", [spread(shape)]) { ($0[0] / 3).squared() },
      GradientCase("3 / x", [spread(shape)]) { 3 / $0[0] },
    ]
  }

  @Test(arguments: unaryCases) func unary(_ test: GradientCase) { test.check() }
  @Test(arguments: powersCases) func power(_ test: GradientCase) { test.check() }
  @Test(arguments: binaryCases) func binary(_ test: GradientCase) { test.check() }
  @Test(arguments: withNumbersCases) func withNumbers(_ test: GradientCase) { test.check() }

  @Test func selectsByMask() {
    let mask = Tensor([1, 0, 0, 2, 1, 0], shape: [2, 3], scalarType: .float64)
    let maskSingle = Tensor(mask.scalars, shape: [2, 3])
    GradientCase("select", [spread([2, 3]), spread([2, 3], 2)]) {
      select($0[0].scalarType == .float64 ? mask : maskSingle, $0[0], $0[1]).squared()
    }.check()
    let none = Tensor.zeros([0], scalarType: .float64)
    #expect(checkGradients({ select(none, $0[0], $0[1]) }, at: [none, none], order: 2) == nil)
  }

  @Test func selectBroadcasts() {
    let mask = Tensor([1, 0], shape: [2, 1], scalarType: .float64)
    #expect(
      checkGradients({ select(mask, $0[0], $0[1]).squared() }, at: [spread([3]), spread([])], order: 2) == nil)
    let chosen = select(Tensor([1, 0], shape: [2, 1]), Tensor([1, 2, 3]), Tensor(7))
    #expect(chosen.shape == [2, 3] && chosen.scalars == [1, 2, 3, 7, 7, 7])
  }

  /// Gradients come back in the scalar type of what was cast, to both orders; differences in float32 would tell nothing.
  @Test(arguments: [(ScalarType.float32, ScalarType.float64), (.float64, .float32), (.float64, .float64)])
  func castsBothWays(_ from: ScalarType, _ to: ScalarType) {
    let x = Tensor([1, -2, 3], scalarType: from).recorded
    let y = x.cast(to: to).power(3)
    #expect(y.scalarType == to && y.scalars == [1, -8, 27])
    let first = gradients(of: y.sum(), withRespectTo: [x], createGraph: true)[0]
    #expect(first.scalarType == from && first.scalars == [3, 12, 27])
    let second = gradients(of: first.sum(), withRespectTo: [x])[0]
    #expect(second.scalarType == from && second.scalars == [6, -12, 18])
    #expect(Tensor(indices: [-3, 7]).cast(to: to).scalars == [-3, 7])
  }

  /// A tie gives half the gradient to each operand, so that max(x, x) has the gradient of x.
  @Test func maximumSharesTies() {
    let a = Tensor([1, 2, 3], scalarType: .float64).recorded
    let b = Tensor([1, 5, 2], scalarType: .float64).recorded
    let y = maximum(a, b)
    #expect(y.scalars == [1, 5, 3])
    let found = gradients(of: y.sum(), withRespectTo: [a, b])
    #expect(found[0].scalars == [0.5, 0, 1])
    #expect(found[1].scalars == [0.5, 1, 0])
    #expect(gradients(of: maximum(a, a).sum(), withRespectTo: [a])[0].scalars == [1, 1, 1])
  }

  /// As in PyTorch: at 0 a ReLU's gradient is 0 and a leaky one's its slope.
  @Test func rectifiersAtZero() {
    let x = Tensor([0, -0.0, 1, -1], scalarType: .float64).recorded
    #expect(gradients(of: x.relu().sum(), withRespectTo: [x])[0].scalars == [0, 0, 1, 0])
    #expect(gradients(of: x.leakyReLU(slope: 0.2).sum(), withRespectTo: [x])[0].scalars == [0.2, 0.2, 1, 0.2])
  }

  @Test func comparisonsAreConstants() {
    let a = Tensor([1, 2, 3]).recorded
    let b = Tensor([2, 2, 2]).recorded
    for (y, expected) in [
      (a.greater(than: b), [0.0, 0, 1]), (a.greaterOrEqual(to: b), [0, 1, 1]), (a.equal(to: b), [0, 1, 0]),
    ] {
      #expect(y.scalars == expected)
      #expect(!y.isRecorded)
    }
  }
}
