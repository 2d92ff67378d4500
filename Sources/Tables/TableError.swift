/// What is wrong with a file or a table, where, and what would be right. Shown as `FILE:LINE:COLUMN: message`.
public struct TableError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Decides the command's exit status.
  public enum Reason: Sendable, Equatable {
    /// The contents are wrong (65).
    case badData
    /// There is no such file (66).
    case noSuchFile
    /// A file cannot be written (73).
    case cannotWrite
  }

  public var reason: Reason
  public var file: String?
  /// 1-based line of the file, counting the header.
  public var line: Int?
  /// 1-based field of the line.
  public var column: Int?
  public var message: String

  public init(
    _ message: String, reason: Reason = .badData, file: String? = nil, line: Int? = nil, column: Int? = nil
  ) {
    self.reason = reason
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  public var description: String {
    var place = file ?? ""
    if let line { place += ":\(line)" }
    if line != nil, let column { place += ":\(column)" }
    return place.isEmpty ? message : "\(place): \(message)"
  }
}
