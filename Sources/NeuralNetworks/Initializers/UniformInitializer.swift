import MynahRandomness
import MynahTensors

/// PyTorch's default for linear layers: every weight and bias uniform on ±1/√fanIn (Kaiming uniform with a = √5).
public struct UniformInitializer: Sendable {
  public let bound: Double

  public init(fanIn: Int) { bound = fanIn > 0 ? 1 / Double(fanIn).squareRoot() : 0 }

  public func callAsFunction(_ shape: [Int], using random: inout RandomSource) -> Tensor {
    Tensor.uniform(shape, using: &random).scaled(by: 2 * bound, plus: -bound)
  }
}
