/// The files that a review is about: what a report writes into the review file.
public struct ReviewSubject: Sendable, Equatable {
  /// The SHA-256 of the synthetic table's file, in hexadecimal.
  public var tableSHA256: String
  /// The SHA-256 of the training table's file.
  public var trainSHA256: String

  public init(tableSHA256: String, trainSHA256: String) {
    (self.tableSHA256, self.trainSHA256) = (tableSHA256, trainSHA256)
  }
}
