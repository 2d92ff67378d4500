import MynahRandomness
import MynahTensors

/// A learned vector per code: y[i] = table[codes[i]]. Codes are int32 of any shape; a negative code gives zeros.
public struct Embedding: Module {
  /// levels × dimension.
  public let table: Parameter

  /// Vectors start standard normal, as in PyTorch.
  public init(_ levels: Int, _ dimension: Int, using random: inout RandomSource) {
    table = Parameter(.normal([levels, dimension], using: &random))
  }

  public var parameters: ParameterTree { ["weight": .leaf(table)] }

  public func callAsFunction(_ codes: Tensor, in context: inout ForwardContext) -> Tensor {
    table.value.gatheringRows(codes)
  }
}
