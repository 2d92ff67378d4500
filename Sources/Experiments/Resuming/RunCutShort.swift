/// A run that failed after a model or a checkpoint had been saved: a run that resumes continues from there.
public struct RunCutShort: Error, CustomStringConvertible {
  /// What went wrong.
  public let cause: any Error

  public var description: String { "\(cause); what was trained so far is kept, and --resume continues from it" }
}
