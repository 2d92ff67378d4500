import CKernels
import MynahRandomness
import MynahTestSupport
import Testing

@testable import MynahTensors

/// Layers for inference, in bfloat16 where the processor has it.
@Suite struct ConcatenatingLayersTests {
  /// Layers whose weights `number` gives, and codes from −1 on.
  private func layers(
    _ outputs: [Int], numbers: Int, codes: Int, isChained: Bool = false, _ number: (inout RandomSource) -> Double
  ) -> (ConcatenatingLayers, [ConcatenatingLayers.Layer]) {
    var random = RandomSource(seed: 5)
    var inputs = numbers + codes
    let layers = outputs.map { width in
      defer { inputs = isChained ? width + codes : inputs + width }
      let weight = Tensor((0..<inputs * width).map { _ in number(&random) }, shape: [inputs, width])
      return (weight: weight, bias: Tensor((0..<width).map { _ in number(&random) }, shape: [width]))
    }
    return (ConcatenatingLayers(layers, codeWidth: codes, isChained: isChained), layers)
  }

  private func codes(_ rows: Int, below width: Int) -> [Int32] {
    width == 0 ? [] : (0..<rows).map { Int32($0 * 7 % (width + 1)) - 1 }
  }

  /// Whole numbers so small that neither path rounds: the two must agree to the bit. Odd widths pair a number with a zero,
  /// 33 and 70 columns leave part of a panel, 13 and 250 rows leave part of a strip and of a block.
  @Test(
    arguments: [[5], [1, 1], [8, 3], [33, 64, 70], [16, 7, 31, 2]],
    [(0, 4, 3), (1, 1, 0), (1, 3, 1), (13, 9, 5), (250, 40, 6)])
  func wholeNumbersAreExact(outputs: [Int], _ size: (rows: Int, numbers: Int, codes: Int)) {
    for isChained in [false, true] { expectExact(outputs, size, isChained: isChained) }
  }

  private func expectExact(_ outputs: [Int], _ size: (rows: Int, numbers: Int, codes: Int), isChained: Bool) {
    let (network, _) = layers(outputs, numbers: size.numbers, codes: size.codes, isChained: isChained) { random in
      Double([-1, 0, 0, 0, 0, 0, 0, 1][random.index(below: 8)])
    }
    let numbers = Tensor(
      (0..<size.rows * size.numbers).map { Double($0 * 5 % 9 - 4) }, shape: [size.rows, size.numbers])
    let codes = codes(size.rows, below: size.codes)
    let result = network(numbers, codes: codes)
    #expect(result.shape == [size.rows, outputs[outputs.count - 1]])
    let exact = network.inFloat32(numbers, codes: codes)
    #expect(exact.scalars.allSatisfy { abs($0) <= 256 })
    #expect(result.scalars == exact.scalars)
  }

  /// Both factors are rounded by 2⁻⁹ at most, which makes 2⁻⁸ and a little of each product; the bias and the coded row
  /// are not. Sums of k terms in float32 add k 2⁻²⁴ of their size.
  @Test func roundingIsWithinItsBound() {
    let (rows, width, count, levels) = (50, 129, 37, 4)
    let (network, layer) = layers([count], numbers: width, codes: levels) { random in random.uniform() * 2 - 1 }
    var random = RandomSource(seed: 6)
    let numbers = Tensor.normal([rows, width], using: &random)
    let codes = codes(rows, below: levels)
    let (x, w, b) = (numbers.scalars, layer[0].weight.scalars, layer[0].bias.scalars)
    let (result, plain) = (network(numbers, codes: codes).scalars, network.inFloat32(numbers, codes: codes).scalars)
    for i in 0..<rows {
      for j in 0..<count {
        var (sum, products) = (b[j], 0.0)
        if codes[i] >= 0 { sum += w[(width + Int(codes[i])) * count + j] }
        let start = abs(sum)
        for k in 0..<width {
          sum += x[i * width + k] * w[k * count + j]
          products += abs(x[i * width + k] * w[k * count + j])
        }
        let summing = Double(width + 3) * 0x1p-23 * (products + start)
        #expect(abs(result[i * count + j] - sum) <= products * (0x1p-8 + 0x1p-16) + summing)
        #expect(abs(plain[i * count + j] - sum) <= summing)
      }
    }
    // The fast path is not the slow one in disguise.
    #expect((result == plain) == (mynah_has_bfloat16() == 0))
  }

  /// Chained, each layer meets the output of the one before it and the code's row of its own weight, and nothing else.
  @Test func chainedLayersArePlainOnes() {
    let (network, layer) = layers([6, 4, 3], numbers: 5, codes: 2, isChained: true) { random in
      Double(random.index(below: 3)) - 1
    }
    let numbers = Tensor((0..<20).map { Double($0 % 5 - 2) }, shape: [4, 5])
    let oneHot = Tensor([1, 0, 0, 1, 0, 0, 1, 0], shape: [4, 2])
    var expected = numbers
    for (index, layer) in layer.enumerated() {
      expected = matmul(concatenate([expected, oneHot], alongAxis: 1), layer.weight) + layer.bias
      if index < 2 { expected = expected.relu() }
    }
    #expect(network(numbers, codes: [0, 1, -1, 0]).scalars == expected.scalars)
  }

  @Test func notANumberStays() {
    let (network, _) = layers([4, 3], numbers: 2, codes: 0) { _ in 0.5 }
    let result = network(Tensor([1, .nan, 1, 2], shape: [2, 2]), codes: []).scalars
    #expect(result[..<3].allSatisfy(\.isNaN) && result[3...].allSatisfy(\.isFinite))
  }
}
