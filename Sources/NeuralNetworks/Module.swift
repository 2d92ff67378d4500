import MynahRandomness
import MynahTensors

/// A function with parameters: a layer or a whole network.
///
/// Modules are plain structs that hold `Parameter`s and other modules. What a call depends on besides its input, the
/// phase and the randomness, comes in a context.
public protocol Module<Input, Output>: Sendable {
  associatedtype Input = Tensor
  associatedtype Output = Tensor
  /// Every parameter under its name, in declaration order.
  var parameters: ParameterTree { get }
  func callAsFunction(_ input: Input, in context: inout ForwardContext) -> Output
}

extension Module {
  /// A module without parameters.
  public var parameters: ParameterTree { [:] }
}

extension ParameterTree {
  /// A module's parameters, as a child of another's.
  public static func branch(of module: some Module) -> ParameterTree { module.parameters }
}

/// What a forward pass depends on besides its input.
public struct ForwardContext: Sendable {
  public enum Phase: Sendable {
    /// Dropout drops, batch normalisation uses the batch's moments and updates its running ones.
    case training
    /// Nothing is random, running moments are used and not changed.
    case inference
  }
  public var phase: Phase
  public var random: RandomSource

  public init(phase: Phase, random: RandomSource) {
    self.phase = phase
    self.random = random
  }
}
