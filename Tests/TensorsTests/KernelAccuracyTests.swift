import Foundation
import MynahTensors
import Testing

/// float32 functions against Foundation's in float64, in units of the last place of the rounded result.
struct KernelAccuracyTests {
  struct Function: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let range: ClosedRange<Float>
    let bound: Double
    let kernel: @Sendable (Tensor) -> Tensor
    let exact: @Sendable (Double) -> Double
  }

  static let functions: [Function] = [
    Function(testDescription: "exp", range: -87.3...88.72, bound: 2) {
      $0.exp()
    } exact: {
      exp($0)
    },
    Function(testDescription: "exp near 0", range: -1...1, bound: 2) {
      $0.exp()
    } exact: {
      exp($0)
    },
    Function(testDescription: "log", range: 1.2e-38...3.4e38, bound: 1) {
      $0.log()
    } exact: {
      log($0)
    },
    Function(testDescription: "log near 1", range: 0.5...2, bound: 1) {
      $0.log()
    } exact: {
      log($0)
    },
    Function(testDescription: "tanh", range: -12...12, bound: 2) {
      $0.tanh()
    } exact: {
      tanh($0)
    },
    Function(testDescription: "sigmoid", range: -87...87, bound: 3) {
      $0.sigmoid()
    } exact: {
      1 / (1 + exp(-$0))
    },
    Function(testDescription: "sqrt", range: 0...3.4e38, bound: 0.5) {
      $0.sqrt()
    } exact: {
      $0.squareRoot()
    },
  ]

  /// Half of the points evenly over the range, half evenly over the floats in it.
  static func points(_ range: ClosedRange<Float>) -> [Float] {
    let count = 100_000
    let width = Double(range.upperBound) - Double(range.lowerBound)
    var result = (0...count).map { Float(Double(range.lowerBound) + width * Double($0) / Double(count)) }
    let (low, high) = (order(range.lowerBound), order(range.upperBound))
    for i in 0...count {
      let at = low + (high - low) * i / count
      result.append(at < 0 ? -Float(bitPattern: UInt32(-at)) : Float(bitPattern: UInt32(at)))
    }
    return result.filter { $0 == 0 || abs($0) >= .leastNormalMagnitude }
  }

  /// The floats in order, numbered; 0 for 0.
  private static func order(_ x: Float) -> Int { x < 0 ? -Int((-x).bitPattern) : Int(x.bitPattern) }

  @Test(arguments: functions) func unitsInTheLastPlace(_ function: Function) {
    let points = Self.points(function.range)
    let results = function.kernel(Tensor(floats: points)).floats
    var worst = (error: 0.0, at: Float(0))
    for (x, y) in zip(points, results) {
      let exact = function.exact(Double(x))
      let unit = Double(Float(abs(exact)).ulp)
      let error = abs(Double(y) - exact) / unit
      if !(error <= worst.error) && abs(exact) >= Double(Float.leastNormalMagnitude) { worst = (error, x) }
    }
    #expect(worst.error <= function.bound, "at \(worst.at)")
  }

  @Test func specialValues() {
    let x = Tensor([.nan, .infinity, -.infinity, 0, -0.0, 200, -200])
    expect(x.exp(), [.nan, .infinity, 0, 1, 1, .infinity, 0])
    expect(x.log(), [.nan, .infinity, .nan, -.infinity, -.infinity, Float(log(200.0)), .nan])
    expect(x.tanh(), [.nan, 1, -1, 0, -0.0, 1, -1])
    expect(x.sigmoid(), [.nan, 1, 0, 0.5, 0.5, 1, 0])
    expect(x.sqrt(), [.nan, .infinity, .nan, 0, -0.0, Float(200).squareRoot(), .nan])
    expect(x.relu(), [.nan, .infinity, 0, 0, -0.0, 200, 0])
  }

  /// exp below the normal numbers is 0, and the logarithm of a denormal that of 0.
  @Test func denormalsAreFlushed() {
    #expect(Tensor([-88]).exp().floats == [0])
    #expect(Tensor(floats: [Float(bitPattern: 99)]).log().floats == [-.infinity])
  }

  /// A run's length and a number's place in it never change its result: the vector loop and its remainder agree.
  @Test func placesDoNotMatter() {
    let values = Self.points(-8...8).prefix(200_000).enumerated().filter { $0.offset % 97 == 0 }.map(\.element)
    let kernels: [(Tensor) -> Tensor] = [
      { $0.exp() }, { ($0 * $0).log() }, { $0.tanh() }, { $0.sigmoid() }, { $0.power(3) }, { $0.leakyReLU(slope: 0.2) },
    ]
    for kernel in kernels {
      let whole = kernel(Tensor(floats: values)).floats.map(\.bitPattern)
      let alone = values.map { kernel(Tensor(floats: [$0])).floats[0].bitPattern }
      #expect(whole == alone)
    }
  }

  private func expect(_ actual: Tensor, _ expected: [Float], sourceLocation: SourceLocation = #_sourceLocation) {
    for (a, e) in zip(actual.floats, expected) {
      let same = a.isNaN && e.isNaN || (a == e && a.sign == e.sign) || abs(a - e) <= e.ulp && e != 0
      #expect(same, "\(actual.floats), expected \(expected)", sourceLocation: sourceLocation)
    }
  }
}
