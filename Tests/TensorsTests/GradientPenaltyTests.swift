import Foundation
import MynahTensors
import MynahTestSupport
import Testing

/// The penalty of a WGAN-GP critic, 10 mean((‖∇ₓD‖ − 1)²), differentiated with respect to the critic's parameters.
/// Golden values by PyTorch: Golden/make_gradient_penalty.py.
struct GradientPenaltyTests {
  struct Golden: Decodable {
    struct Case: Decodable {
      let pac: Int
      let rows: Int
      let sizes: [Int]
      let x: [Double]
      let weights: [[Double]]
      let biases: [[Double]]
      let slope: [Double]
      let penalty: Double
      let weightGradients: [[Double]]
      let biasGradients: [[Double]]
    }
    let cases: [Case]

    static func read() throws -> Golden {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden/gradient_penalty.json")
      return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    }
  }

  @Test(arguments: [0, 1], [ScalarType.float64, .float32]) func equalsPyTorch(_ index: Int, _ type: ScalarType) throws {
    let golden = try Golden.read().cases[index]
    let tolerance = type == .float64 ? 1e-13 : 2e-5
    let (slope, penalty, found) = Self.penalty(golden, type)
    #expect(disagreement(slope.scalars, golden.slope, absolute: tolerance) == nil)
    #expect(disagreement(penalty.scalars, [golden.penalty], relative: tolerance) == nil)
    for (actual, expected) in zip(found, golden.weightGradients + golden.biasGradients) {
      let size = expected.reduce(1) { max($0, abs($1)) }
      #expect(disagreement(actual.scalars, expected, absolute: tolerance * size) == nil)
    }
  }

  /// The same function against differences: the mask of a leaky ReLU passes the gradient's own gradient.
  @Test func agreesWithDifferences() throws {
    let golden = try Golden.read().cases[1]
    let inputs = zip(golden.weights, golden.sizes.indices).map { weights, i in
      Tensor(weights, shape: [golden.sizes[i], golden.sizes[i + 1]], scalarType: .float64)
    }
    let difference = checkGradients(
      { weights in
        let x = Tensor(golden.x, shape: [golden.rows, 4], scalarType: .float64).recorded
        return Self.penalty(weights, golden, x).1
      }, at: inputs, order: 1, tolerance: 1e-6)
    #expect(difference == nil)
  }

  /// A critic without a kink has no second derivative at all: only the mask carries the penalty's gradient.
  @Test func secondDerivativeOfLeakyReLUIsZero() {
    let x = Tensor([-2, 3], scalarType: .float64).recorded
    let slope = gradients(of: x.leakyReLU(slope: 0.2).sum(), withRespectTo: [x], createGraph: true)[0]
    #expect(slope.scalars == [0.2, 1])
    #expect(gradients(of: slope.sum(), withRespectTo: [x])[0].scalars == [0, 0])
    let scaled = gradients(of: (x * x).leakyReLU(slope: 0.2).sum(), withRespectTo: [x], createGraph: true)[0]
    #expect(gradients(of: scaled.sum(), withRespectTo: [x])[0].scalars == [2, 2])
  }

  static func penalty(_ golden: Golden.Case, _ type: ScalarType) -> (Tensor, Tensor, [Tensor]) {
    let sizes = golden.sizes
    let weights = golden.weights.enumerated().map {
      Tensor($1, shape: [sizes[$0], sizes[$0 + 1]], scalarType: type).recorded
    }
    let biases = golden.biases.map { Tensor($0, scalarType: type).recorded }
    let x = Tensor(golden.x, shape: [golden.rows, golden.x.count / golden.rows], scalarType: type).recorded
    let (slope, penalty) = Self.penalty(weights, biases, golden, x)
    return (slope, penalty, gradients(of: penalty, withRespectTo: weights + biases))
  }

  static func penalty(_ weights: [Tensor], _ golden: Golden.Case, _ x: Tensor) -> (Tensor, Tensor) {
    penalty(weights, golden.biases.map { Tensor($0, scalarType: .float64) }, golden, x)
  }

  static func penalty(_ weights: [Tensor], _ biases: [Tensor], _ golden: Golden.Case, _ x: Tensor) -> (Tensor, Tensor) {
    let packed = [golden.rows / golden.pac, golden.sizes[0]]
    var h = x.reshaped(to: packed)
    for (i, (weight, bias)) in zip(weights, biases).enumerated() {
      h = linear([.dense(h)], weight: weight, bias: bias)
      if i < 2 { h = h.leakyReLU(slope: 0.2) }
    }
    let slope = gradients(of: h.sum(), withRespectTo: [x], createGraph: true)[0]
    let norms = slope.reshaped(to: packed).squared().sum(over: 1).sqrt()
    return (slope, (norms - 1).squared().mean() * 10)
  }
}
