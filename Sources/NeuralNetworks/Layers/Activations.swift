import MynahTensors

/// max(x, 0).
public struct ReLU: Module {
  public init() {}
  public func callAsFunction(_ input: Tensor, in context: inout ForwardContext) -> Tensor { input.relu() }
}

/// x where x > 0, slope · x elsewhere.
public struct LeakyReLU: Module {
  public let slope: Double
  public init(slope: Double = 0.01) { self.slope = slope }
  public func callAsFunction(_ input: Tensor, in context: inout ForwardContext) -> Tensor {
    input.leakyReLU(slope: slope)
  }
}

/// The hyperbolic tangent.
public struct Tanh: Module {
  public init() {}
  public func callAsFunction(_ input: Tensor, in context: inout ForwardContext) -> Tensor { input.tanh() }
}

/// 1 / (1 + e⁻ˣ).
public struct Sigmoid: Module {
  public init() {}
  public func callAsFunction(_ input: Tensor, in context: inout ForwardContext) -> Tensor { input.sigmoid() }
}

/// x / (1 + e⁻ˣ) (Hendrycks and Gimpel 2016).
public struct SiLU: Module {
  public init() {}
  public func callAsFunction(_ input: Tensor, in context: inout ForwardContext) -> Tensor { input * input.sigmoid() }
}
