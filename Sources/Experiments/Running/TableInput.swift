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
    guard let bytes = try streamedBytes() else {
      let loaded = try reader.read(path: path)
      return InputTable(path: path, sha256: try sha256(ofFile: path), loaded: loaded)
    }
    return InputTable(path: name, sha256: sha256(of: bytes), loaded: try reader.read(bytes: bytes, name: name))
  }

  /// Reads a table with the columns, kinds and levels of another one.
  public func load(matching reference: Table) throws -> Table {
    let reader = CSVReader(options(target: nil))
    return path == "-"
      ? try reader.read(bytes: try streamedBytes() ?? [], name: name, matching: reference)
      : try reader.read(path: path, matching: reference)
  }

  /// As `load(matching:)`, with the file's hash.
  public func loadWithHash(matching reference: Table) throws -> InputTable {
    let reader = CSVReader(options(target: nil))
    guard let bytes = try streamedBytes() else {
      return InputTable(
        path: path, sha256: try sha256(ofFile: path), table: try reader.read(path: path, matching: reference))
    }
    return InputTable(
      path: name, sha256: sha256(of: bytes), table: try reader.read(bytes: bytes, name: name, matching: reference))
  }

  /// Looks at the columns without building the table.
  public func profile(target: String? = nil) throws -> FileProfile {
    let reader = CSVReader(options(target: target))
    return path == "-"
      ? try reader.profiles(descriptor: 0, name: name) : try reader.profiles(path: path)
  }

  private func options(target: String?) -> CSVReader.Options {
    CSVReader.Options(
      delimiter: delimiter?.asciiValue, missingMarkers: missing,
      overrides: Dictionary(columns.map { ($0.name, $0.override) }, uniquingKeysWith: { _, last in last }),
      target: target)
  }

  /// What errors call it.
  private var name: String { path == "-" ? "standard input" : path }

  /// All bytes of standard input or of a pipe such as `<(zcat table.csv.gz)`, which can be read only once; nil for a file.
  private func streamedBytes() throws(ExperimentError) -> [UInt8]? {
    guard path == "-" || isPipe(path) else { return nil }
    let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
    do {
      return Array(try handle?.readToEnd() ?? Data())
    } catch {
      throw ExperimentError("cannot be read", at: Place(name), reason: .noSuchFile)
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

  init(path: String, sha256: String, table: Table) {
    (self.path, self.sha256, self.table, profiles) = (path, sha256, table, [])
  }

  init(path: String, sha256: String, loaded: LoadedTable) {
    self.path = path
    self.sha256 = sha256
    table = loaded.table
    profiles = loaded.profiles
  }

  /// The last part of the path.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// Whether something stands at the path that is neither a file nor a folder, so that it can be read only once.
func isPipe(_ path: String) -> Bool {
  var status = stat()
  guard stat(path, &status) == 0 else { return false }
  return [S_IFIFO, S_IFSOCK, S_IFCHR].contains(status.st_mode & S_IFMT)
}
