import MynahTensors

/// Modules one after another; their parameters are called "0", "1", … as in PyTorch.
public struct Sequential: Module {
  public let modules: [any Module<Tensor, Tensor>]

  public init(_ modules: any Module<Tensor, Tensor>...) { self.modules = modules }
  public init(_ modules: [any Module<Tensor, Tensor>]) { self.modules = modules }

  public var parameters: ParameterTree { .list(modules.map { $0.parameters }) }

  public func callAsFunction(_ input: Tensor, in context: inout ForwardContext) -> Tensor {
    modules.reduce(input) { $1($0, in: &context) }
  }
}
