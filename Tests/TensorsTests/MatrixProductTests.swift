import MynahParallelism
import MynahRandomness
import MynahTensors
import MynahTestSupport
import Testing

struct MatrixProductTests {
  static let sizes = [
    (0, 0, 0), (0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (1, 7, 1), (7, 1, 7), (1, 5, 9), (9, 5, 1), (16, 16, 16),
    (17, 33, 5), (33, 8, 40), (64, 31, 17),
  ]

  @Test(arguments: sizes, [ScalarType.float32, .float64]) func equalsTripleLoops(
    _ size: (Int, Int, Int), _ type: ScalarType
  ) {
    let (m, k, n) = size
    let (a, b) = (spread([m, k]).cast(to: type), spread([k, n], 2).cast(to: type))
    let (x, y) = (a.scalars, b.scalars)
    var expected = Array(repeating: 0.0, count: m * n)
    for i in 0..<m { for j in 0..<n { for l in 0..<k { expected[i * n + j] += x[i * k + l] * y[l * n + j] } } }
    let tolerance = Double(k + 1) * 3 * (type == .float32 ? 6e-8 : 1.2e-16)
    for (first, second) in [(false, false), (false, true), (true, false), (true, true)] {
      let product = matmul(
        first ? a.transposed() : a, second ? b.transposed() : b, transposingFirst: first, transposingSecond: second)
      #expect(product.shape == [m, n])
      #expect(disagreement(product.scalars, expected, absolute: tolerance) == nil)
    }
  }

  /// Products of views: the slice begins inside its storage.
  @Test func slicesAreMultipliedWhereTheyLie() {
    let (a, b) = (spread([10, 6]), spread([9, 4], 2))
    let product = matmul(a.sliced(3..<7), b.sliced(2..<8))
    let copies = [a.sliced(3..<7), b.sliced(2..<8)].map { Tensor($0.scalars, shape: $0.shape, scalarType: .float64) }
    #expect(product.scalars == matmul(copies[0], copies[1]).scalars)
  }
}

/// One thread and two give the same bits. Serialised: the thread count belongs to the process.
@Suite(.serialized) struct ThreadIndependenceTests {
  static let products = [
    (500, 256, 256), (256, 500, 129), (97, 700, 64), (129, 2100, 33), (50, 2580, 256), (1, 4000, 500), (500, 4000, 1),
    (1025, 300, 3), (3, 300, 1025), (300, 300, 300),
  ]

  @Test(arguments: products, [ScalarType.float32, .float64]) func matrixProducts(
    _ size: (Int, Int, Int), _ type: ScalarType
  ) {
    let (m, k, n) = size
    let (a, b) = (random([m, k], 1).cast(to: type), random([k, n], 2).cast(to: type))
    let (at, bt) = (random([k, m], 3).cast(to: type), random([n, k], 4).cast(to: type))
    same {
      [
        matmul(a, b), matmul(a, bt, transposingSecond: true), matmul(at, b, transposingFirst: true),
        matmul(at, bt, transposingFirst: true, transposingSecond: true),
      ]
    }
  }

  @Test func layersForInference() {
    let layers = [(random([23, 33], 1), random([33], 2)), (random([56, 10], 3), random([10], 4))]
    let network = ConcatenatingLayers(layers.map { (weight: $0, bias: $1) }, codeWidth: 3)
    same { [network(random([700, 20], 5), codes: (0..<700).map { Int32($0 % 3) })] }
  }

  @Test func elementwise() {
    let (x, y) = (random([300, 400], 1), random([300, 400], 2))
    let (row, column) = (random([400], 3), random([300, 1], 4))
    same {
      [
        x.exp(), x.squared().log(), x.tanh(), x.sigmoid(), x.leakyReLU(slope: 0.2), x + y, x * row, x / column,
        maximum(x, row), row * column, x.power(3), x.scaled(by: 3, plus: 1), (x * 1e-30) * (y * 1e-12),
      ]
    }
  }

  @Test func reductionsAndLayers() {
    let x = random([700, 300], 1)
    let segments = Segments(widths: [100, 1, 60, 139])
    let rows = Tensor(indices: (0..<700).map { Int32($0 * 37 % 50) - 1 })
    let codes = Tensor(indices: (0..<1400).map { Int32($0 * 31 % 41) - 1 }, shape: [700, 2])
    let weight = random([340, 64], 2)
    same {
      [
        x.sum(), x.sum(over: 0), x.sum(over: 1), x.mean(), x.columnMoments().mean, x.columnMoments().variance,
        x.segmentSoftmax(segments), x.segmentLogSoftmax(segments), x.segmentSum(segments),
        x.scatterAddingRows(at: rows, count: 60), linear([.dense(x), .codes(codes, width: 40)], weight: weight),
      ] + layerGradients(x, codes, weight)
    }
  }

  private func layerGradients(_ x: Tensor, _ codes: Tensor, _ weight: Tensor) -> [Tensor] {
    let (x, w) = (x.recorded, weight.recorded)
    let (scale, shift) = (Tensor.ones([64]).recorded, Tensor.zeros([64]).recorded)
    let h = linear([.dense(x), .codes(codes, width: 40)], weight: w)
    let y = h.batchNormalized(by: h.columnMoments(), scale: scale, shift: shift).relu().squared().sum()
    return gradients(of: y, withRespectTo: [x, w, scale, shift])
  }

  /// Runs `body` with one, two and three threads and compares bits.
  private func same(_ body: () -> [Tensor], sourceLocation: SourceLocation = #_sourceLocation) {
    let before = threadCount
    defer { threadCount = before }
    let runs = [1, 2, 3].map { count in
      threadCount = count
      return body().map { tensor in tensor.withUnsafeBytes { Array($0) } }
    }
    for (index, (one, (two, three))) in zip(runs[0], zip(runs[1], runs[2])).enumerated() {
      #expect(one == two && one == three, "result \(index)", sourceLocation: sourceLocation)
    }
  }

  private func random(_ shape: [Int], _ seed: UInt64) -> Tensor {
    var source = RandomSource(seed: seed)
    return .normal(shape, using: &source)
  }
}
