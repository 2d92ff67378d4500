/// A promise of a protocol that a type does not keep.
public struct ConformanceFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What should hold.
  public let promise: String
  /// What was seen instead; empty where the promise says it.
  public let seen: String

  public init(_ promise: String, seen: String = "") {
    self.promise = promise
    self.seen = seen
  }

  public var description: String { seen.isEmpty ? "broken: \(promise)" : "broken: \(promise); seen: \(seen)" }
}
