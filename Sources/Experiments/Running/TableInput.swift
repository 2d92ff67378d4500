import Foundation
import MynahTables

/// A CSV file and how it is to be read.
public struct TableInput: Sendable {
  /// "-" is standard input.
  public var path: String
  public var delimiter: Character?
  public var missing: [String]
  public var columns: [ColumnSetting]

  public init(path: String, delimiter: Character? = nil, missing: [String] = [], columns: [ColumnSetting] = []) {
    self.path = path
    self.delimiter = delimiter
    self.missing = missing
    self.columns = columns
  }

  /// Reads the table and takes its hash.
  ///
  /// - Throws: `TableError` with file, line and field; `ExperimentError` for a column that is set but not there.
  public func load(target: String? = nil) throws -> InputTable {
    let reader = CSVReader(options(target: target))
    guard path == "-" else {
      let loaded = try reader.read(path: path)
      return InputTable(path: path, sha256: try sha256(ofFile: path), loaded: loaded)
    }
    let bytes = try Self.standardInput()
    return InputTable(
      path: Self.standardInputName, sha256: sha256(of: bytes),
      loaded: try reader.read(bytes: bytes, name: Self.standardInputName))
  }

  /// Reads a table with the columns, kinds and levels of another one.
  public func load(matching reference: Table) throws -> Table {
    let reader = CSVReader(options(target: nil))
    if path == "-" {
      return try reader.read(bytes: try Self.standardInput(), name: Self.standardInputName, matching: reference)
    }
    return try reader.read(path: path, matching: reference)
  }

  /// Looks at the columns without building the table.
  public func profile(target: String? = nil) throws -> FileProfile {
    let reader = CSVReader(options(target: target))
    return path == "-"
      ? try reader.profiles(descriptor: 0, name: Self.standardInputName) : try reader.profiles(path: path)
  }

  private func options(target: String?) -> CSVReader.Options {
    CSVReader.Options(
      delimiter: delimiter?.asciiValue, missingMarkers: missing,
      overrides: Dictionary(columns.map { ($0.name, $0.override) }, uniquingKeysWith: { _, last in last }),
      target: target)
  }

  static let standardInputName = "standard input"

  private static func standardInput() throws(ExperimentError) -> [UInt8] {
    do {
      return Array(try FileHandle.standardInput.readToEnd() ?? Data())
    } catch {
      throw ExperimentError("cannot be read", at: Place(standardInputName), reason: .noSuchFile)
    }
  }
}

/// A table in memory and the file it comes from.
public struct InputTable: Sendable {
  public var path: String
  /// Of the file's bytes, in hexadecimal.
  public var sha256: String
  public var table: Table
  public var profiles: [ColumnProfile]

  init(path: String, sha256: String, loaded: LoadedTable) {
    self.path = path
    self.sha256 = sha256
    table = loaded.table
    profiles = loaded.profiles
  }

  /// The last part of the path.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}
