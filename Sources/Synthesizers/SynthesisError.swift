/// Why a model cannot be fitted, sampled or loaded: one line that says what is wrong and what would be right.
public struct SynthesisError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Reason: Sendable, Equatable {
    /// A hyperparameter, condition or model file is wrong (exit status 65).
    case invalid
    /// Training failed, for example because a loss became NaN (exit status 1).
    case diverged
  }
  public var reason: Reason
  public var description: String
  /// The hyperparameter that is wrong, as the Swift property is called; lets an experiment file's line be named.
  public var hyperparameter: String?

  public init(_ description: String, reason: Reason = .invalid, hyperparameter: String? = nil) {
    self.reason = reason
    self.description = description
    self.hyperparameter = hyperparameter
  }
}
