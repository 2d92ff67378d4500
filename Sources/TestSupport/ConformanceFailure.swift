/// A promise of a protocol that a type does not keep.
public struct ConformanceFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was tried, for example "min-max on all missing"; empty where it was one thing.
  public var subject: String
  /// What it did wrong.
  public var message: String

  public init(_ message: String, of subject: String = "") {
    self.subject = subject
    self.message = message
  }

  /// - Parameters:
  ///   - promise: What should hold.
  ///   - subject: What was tried.
  ///   - seen: What was seen instead; empty where the promise says it.
  public init(_ promise: String, of subject: String = "", seen: String) {
    self.init(seen.isEmpty ? "broken: \(promise)" : "broken: \(promise); seen: \(seen)", of: subject)
  }

  public var description: String { subject.isEmpty ? message : "\(subject): \(message)" }
}
