/// Why a table cannot be balanced as asked: one line that says what is wrong and what would be right.
public struct ResamplingError: Error, Sendable, Equatable, CustomStringConvertible {
  public var description: String
  /// The hyperparameter that is wrong, as the Swift property is called; lets an experiment file's line be named.
  public var hyperparameter: String?

  public init(_ description: String, hyperparameter: String? = nil) {
    self.description = description
    self.hyperparameter = hyperparameter
  }
}
