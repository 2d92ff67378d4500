/// Where a model comes from; stands in its file. The same inputs give the same provenance, so it holds no times.
public struct Provenance: Codable, Sendable, Equatable {
  /// The SHA-256 of the table's file.
  public var dataSHA256: String
  public var rows: Int
  public var seed: UInt64
  /// The column that the data are about, where one was named.
  public var target: String?
  /// The version of the program that fitted it.
  public var version: String
  /// Given when training was ended before its last epoch.
  public var epochsCompleted: Int?

  public init(
    dataSHA256: String, rows: Int, seed: UInt64, target: String? = nil, version: String = mynahVersion,
    epochsCompleted: Int? = nil
  ) {
    self.dataSHA256 = dataSHA256
    self.rows = rows
    self.seed = seed
    self.target = target
    self.version = version
    self.epochsCompleted = epochsCompleted
  }
}
