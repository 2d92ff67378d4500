/// `manifest.json`: what went into a run and what came out of it, so that another run can be held against it.
public struct Manifest: Codable, Sendable, Equatable {
  public struct File: Codable, Sendable, Equatable {
    /// The last part of an input's path; an output's path inside the run folder.
    public var name: String
    public var sha256: String
    public var bytes: Int
  }

  /// 1 until the form changes.
  public var formatVersion = 1
  /// The program's version.
  public var version = mynahVersion
  public var experiment: String
  public var seed: UInt64
  public var threads: Int
  public var inputs: [File]
  public var outputs: [File]
  public var machine: MachineFacts
  /// ISO 8601, UTC.
  public var started: String
  public var seconds: Double
  /// Whether training was interrupted, or diverged.
  public var interrupted: Bool
}
