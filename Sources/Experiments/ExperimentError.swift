/// Why an experiment cannot be read or run: one line that says what is wrong and what would be right.
public struct ExperimentError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Decides the command's exit status.
  public enum Reason: Sendable, Equatable {
    /// A configuration or a model file is wrong (65).
    case invalid
    /// There is no such file (66).
    case noSuchFile
    /// A file or folder cannot be written (73).
    case cannotWrite
  }

  public var reason: Reason
  public var place: Place?
  public var message: String

  public init(_ message: String, at place: Place? = nil, reason: Reason = .invalid) {
    self.reason = reason
    self.place = place
    self.message = message
  }

  public var description: String { place.map { "\($0): \(message)" } ?? message }
}

/// Where in a file something stands. Line and column count from 1.
public struct Place: Sendable, Equatable, CustomStringConvertible {
  public var file: String
  public var line: Int?
  public var column: Int?

  public init(_ file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var description: String {
    guard let line else { return file }
    return column.map { "\(file):\(line):\($0)" } ?? "\(file):\(line)"
  }
}
