/// A promise of a protocol that a type does not keep.
public struct ConformanceFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was tried, for example "min-max on all missing".
  public var subject: String
  /// What it did wrong.
  public var message: String

  public init(_ message: String, of subject: String) {
    self.subject = subject
    self.message = message
  }

  public var description: String { "\(subject): \(message)" }
}
