import MynahTensors

/// Inverted dropout (Srivastava et al. 2014): in training each number becomes 0 with probability `rate`, and the others
/// are divided by 1 − rate; in inference nothing happens.
public struct Dropout: Module {
  public let rate: Double

  public init(_ rate: Double) {
    precondition((0..<1).contains(rate), "Dropout: the rate must be in 0 ..< 1, got \(rate)")
    self.rate = rate
  }

  public func callAsFunction(_ input: Tensor, in context: inout ForwardContext) -> Tensor {
    guard context.phase == .training, rate > 0 else { return input }
    let keep = 1 - rate
    let mask = Tensor(shape: input.shape, of: Float.self) {
      context.random.fillMask($0, keep: Float(keep), scale: Float(1 / keep))
    }
    return input * mask.cast(to: input.scalarType)
  }
}
