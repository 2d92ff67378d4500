import Foundation
import MynahTables

/// Finds the file that an experiment names, so that the same experiment runs on machines that keep their data in
/// different places.
public enum DatasetLocator {
  /// The variable that names a folder of tables.
  public static let environmentVariable = "MYNAH_DATASETS"

  /// The first of these that is a file, for `path` with the last component `name`:
  ///
  /// 1. `path` as given, relative to the current folder;
  /// 2. `path` in `folder`, the experiment file's, and in the folder above it;
  /// 3. `name` in `Datasets/` of the current folder and of the folder above the experiment file's;
  /// 4. `path`, then `name`, in `$MYNAH_DATASETS`.
  ///
  /// An absolute path is looked up as given, then by its name as in 3 and 4. "-" (standard input) stays as it is.
  /// - Throws: `TableError` (no such file) whose one line lists where it looked.
  public static func resolve(
    _ path: String, relativeTo folder: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(TableError) -> String {
    if path == "-" { return path }
    guard !path.isEmpty else { throw TableError("the path of a table is empty", reason: .noSuchFile) }
    let candidates = candidates(for: path, relativeTo: folder, environment: environment)
    for candidate in candidates where isFile(candidate) { return candidate }
    throw failure(for: path, candidates: candidates, environment: environment)
  }

  static func candidates(for path: String, relativeTo folder: String?, environment: [String: String]) -> [String] {
    let isAbsolute = path.hasPrefix("/")
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var candidates = [path]
    func add(_ folder: String, _ part: String) {
      let candidate = folder.isEmpty || folder == "." ? part : (folder.hasSuffix("/") ? folder : folder + "/") + part
      if !candidates.contains(candidate) { candidates.append(candidate) }
    }
    let above = folder.map(parent(of:))
    if !isAbsolute {
      for place in [folder, above] { if let place { add(place, path) } }
    }
    add("Datasets", name)
    if let above { add(above, "Datasets/" + name) }
    if let shared = environment[environmentVariable], !shared.isEmpty {
      if !isAbsolute { add(shared, path) }
      add(shared, name)
    }
    return candidates
  }

  /// The folder that holds `folder`, without asking the file system.
  private static func parent(of folder: String) -> String {
    let trimmed = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    switch trimmed {
    case "", ".": return ".."
    case "/": return "/"
    default: break
    }
    if trimmed == ".." || trimmed.hasSuffix("/..") { return trimmed + "/.." }
    guard let slash = trimmed.lastIndex(of: "/") else { return "" }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }

  /// True for anything that can be read as a stream: not only regular files, but no folder.
  private static func isFile(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
  }

  private static func failure(for path: String, candidates: [String], environment: [String: String]) -> TableError {
    if FileManager.default.fileExists(atPath: path) {
      return TableError("is a folder, not a table; name a CSV file", reason: .noSuchFile, file: path)
    }
    var message = "no such file; looked for " + candidates.joined(separator: ", ")
    if (environment[environmentVariable] ?? "").isEmpty {
      message += "; \(environmentVariable), which can name a folder of tables, is not set"
    }
    if let entry = DatasetCatalogue.entry(forPath: path) {
      message += "; Datasets/README.md says how to get \(entry.title)"
    }
    return TableError(message, reason: .noSuchFile, file: path)
  }
}
