import MynahTensors
import MynahTestSupport
import Testing

/// Values against loops written out here, with nothing in common with the kernels.
struct ForwardTests {
  static let pairs = ElementwiseGradientTests.pairs

  @Test(arguments: pairs.indices, [ScalarType.float32, .float64]) func broadcasting(_ pair: Int, _ type: ScalarType) {
    let (a, b) = (spread(Self.pairs[pair].0).cast(to: type), spread(Self.pairs[pair].1, 2).cast(to: type))
    let (shape, x, y) = aligned(a, b)
    for (actual, expected) in [
      (a + b, zip(x, y).map(+)), (a - b, zip(x, y).map(-)), (a * b, zip(x, y).map(*)), (a / b, zip(x, y).map(/)),
      (maximum(a, b), zip(x, y).map(max)), (minimum(a, b), zip(x, y).map(min)),
      (a.greater(than: b), zip(x, y).map { $0 > $1 ? 1 : 0 }), (a.equal(to: b), zip(x, y).map { $0 == $1 ? 1 : 0 }),
    ] as [(Tensor, [Double])] {
      #expect(actual.shape == shape && actual.scalarType == type)
      #expect(disagreement(actual.scalars, expected, relative: type == .float32 ? 1e-6 : 0) == nil)
    }
    #expect(a.broadcast(to: shape).scalars == x)
  }

  /// The operands' elements for each element of the result.
  private func aligned(_ a: Tensor, _ b: Tensor) -> (shape: [Int], [Double], [Double]) {
    let rank = max(a.rank, b.rank)
    let (sa, sb) = [a, b].map { Array(repeating: 1, count: rank - $0.rank) + $0.shape }.pair
    let shape = zip(sa, sb).map { $0 == 1 ? $1 : $0 }
    let places = indices(of: shape)
    func values(_ t: Tensor, _ shape: [Int]) -> [Double] {
      let scalars = t.scalars
      return places.map { place in
        scalars[zip(place, shape).reduce(0) { $0 * $1.1 + ($1.1 == 1 ? 0 : $1.0) }]
      }
    }
    return (shape, values(a, sa), values(b, sb))
  }

  @Test(arguments: ShapeGradientTests.axes.indices) func sums(_ index: Int) {
    let (shape, axes) = ShapeGradientTests.axes[index]
    let summed = axes.map { $0 < 0 ? $0 + shape.count : $0 }
    let x = spread(shape)
    let kept = shape.indices.filter { !summed.contains($0) }
    var expected = Array(repeating: 0.0, count: kept.reduce(1) { $0 * shape[$1] })
    for (place, value) in zip(indices(of: shape), x.scalars) {
      expected[kept.reduce(0) { $0 * shape[$1] + place[$1] }] += value
    }
    let actual = x.sum(over: axes)
    #expect(actual.shape == kept.map { shape[$0] })
    #expect(disagreement(actual.scalars, expected, absolute: 1e-14) == nil)
    let keeping = x.sum(over: axes, keepingAxes: true)
    #expect(keeping.shape == shape.indices.map { summed.contains($0) ? 1 : shape[$0] })
    #expect(keeping.scalars == actual.scalars)
  }

  @Test func means() {
    let x = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
    #expect(x.mean().item == 3.5)
    #expect(x.mean(over: 0).scalars == [2.5, 3.5, 4.5])
    #expect(x.mean(over: 1, keepingAxes: true).shape == [2, 1])
    #expect(Tensor.zeros([0]).mean().item.isNaN)
  }

  @Test func movesByHand() {
    let x = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
    #expect(x.transposed().scalars == [1, 4, 2, 5, 3, 6])
    #expect(x.reshaped(to: [3, 2]).scalars == x.scalars)
    #expect(x.sliced(1..<3, alongAxis: 1).scalars == [2, 3, 5, 6])
    #expect(x.sliced(1..<2).scalars == [4, 5, 6])
    #expect(x.sliced(1..<2).sliced(0..<2, alongAxis: -1).scalars == [4, 5])
    #expect(concatenate([x, x.sliced(0..<1)], alongAxis: 0).scalars == [1, 2, 3, 4, 5, 6, 1, 2, 3])
    #expect(concatenate([x, Tensor([7, 8], shape: [2, 1])], alongAxis: 1).scalars == [1, 2, 3, 7, 4, 5, 6, 8])
    #expect(x.gatheringRows(Tensor(indices: [1, -1, 0])).scalars == [4, 5, 6, 0, 0, 0, 1, 2, 3])
    #expect(x.scatterAddingRows(at: Tensor(indices: [2, 2]), count: 3).scalars == [0, 0, 0, 0, 0, 0, 5, 7, 9])
    #expect(x.scatterAddingRows(at: Tensor(indices: [-1, 0]), count: 1).scalars == [4, 5, 6])
    #expect(select(Tensor([1, 0, -1]), Tensor([1, 2, 3]), Tensor([4, 5, 6])).scalars == [1, 5, 3])
    let codes = Tensor(indices: [1, 2, 3, 4, 5, 6], shape: [3, 2])
    #expect(codes.gatheringRows(Tensor(indices: [2, 0])).scalars == [5, 6, 1, 2])
    #expect(codes.transposed().scalars == [1, 3, 5, 2, 4, 6])
    #expect(x.clamped(to: 2...4).scalars == [2, 2, 3, 4, 4, 4])
  }

  @Test(arguments: [1, 15, 16, 17, 33, 100]) func transposeOfManyTiles(_ rows: Int) {
    let x = spread([rows, 37])
    let values = x.scalars
    let expected = (0..<37).flatMap { j in (0..<rows).map { values[$0 * 37 + j] } }
    #expect(x.transposed().scalars == expected)
    #expect(x.cast(to: .float32).transposed().scalars == expected.map { Double(Float($0)) })
  }

  @Test func segmentsByHand() {
    let segments = Segments(widths: [2, 1, 0, 3])
    let x = Tensor([0, 1.0986122886681098, 5, 1, 2, 3], shape: [1, 6], scalarType: .float64)
    let softmax = x.segmentSoftmax(segments).scalars
    let thirds = [0.09003057317038046, 0.24472847105479767, 0.6652409557748219]
    #expect(disagreement(softmax, [0.25, 0.75, 1] + thirds, absolute: 1e-15) == nil)
    #expect(disagreement(x.segmentLogSoftmax(segments).exp().scalars, softmax, absolute: 1e-15) == nil)
    #expect(disagreement(x.segmentSum(segments).scalars, [1.0986122886681098, 1.0986122886681098, 5, 6, 6, 6]) == nil)
    let sharp = x.segmentSoftmax(segments, temperature: 0.5).scalars
    #expect(disagreement(Array(sharp[0..<3]), [0.1, 0.9, 1], absolute: 1e-15) == nil)
  }

  /// A long float32 sum over the last axis is accumulated in double: what is left is the rounding of the result.
  @Test func longSums() {
    let x = Tensor(repeating: 0.1, shape: [1 << 20])
    #expect(x.sum().item == Double(Float(0.1)) * Double(1 << 20))
    #expect(
      x.reshaped(to: [2, 1 << 19]).sum(over: 1).scalars == [0.1, 0.1].map { Double(Float($0)) * Double(1 << 19) })
  }
}

/// Every multi-index of a shape, in row-major order.
private func indices(of shape: [Int]) -> [[Int]] {
  shape.reduce([[]]) { places, length in places.flatMap { place in (0..<length).map { place + [$0] } } }
}

extension Array {
  fileprivate var pair: (Element, Element) { (self[0], self[1]) }
}
