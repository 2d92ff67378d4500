import MynahRandomness
import MynahTensors

/// CTGAN's residual block: the input beside what is learned from it, [ReLU(BatchNorm(x W + b)) | x], new features first
/// (Xu et al. 2019).
///
/// It takes and gives an input in blocks, so that nothing is copied to be put side by side and one-hot conditions stay
/// codes all the way down.
public struct Residual: Module {
  public typealias Input = [InputBlock]
  public typealias Output = [InputBlock]
  public let linear: Linear
  public let norm: BatchNorm

  public init(_ inputs: Int, _ outputs: Int, using random: inout RandomSource) {
    linear = Linear(inputs, outputs, using: &random)
    norm = BatchNorm(outputs)
  }

  public var parameters: ParameterTree { ["fc": .branch(of: linear), "bn": .branch(of: norm)] }

  public func callAsFunction(_ input: [InputBlock], in context: inout ForwardContext) -> [InputBlock] {
    [.dense(norm(linear(input), in: &context).relu())] + input
  }
}
