import Foundation
import MynahTables

/// The folder of a run. Everything is written to a folder beside it that takes its place when the run is done, so a
/// run that fails leaves nothing, and a folder of an earlier run stays whole until then.
struct RunFolder {
  static let files = [
    "configuration.yaml", "manifest.json", "metrics.json", "training.jsonl", "model.safetensors", "synthetic.csv",
    "report.html",
  ]

  /// Where it will be.
  let path: String
  /// Where it is until `commit`.
  let staging: String
  /// What had to be made for it, itself included.
  private let made: [String]

  /// Makes the staging folder, and the folders above it.
  ///
  /// - Throws: `ExperimentError` where the path is taken by something that is not a run, or cannot be written.
  init(path: String) throws(ExperimentError) {
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    let url = URL(fileURLWithPath: trimmed)
    self.path = trimmed
    staging =
      url.deletingLastPathComponent()
      .appendingPathComponent(".\(url.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).partial").path
    try Self.checkReplaceable(trimmed)
    TemporaryPaths.insert(staging)
    made = try Self.makeFolder(staging, named: trimmed)
  }

  /// Makes a folder and those above it. Returns those that were not there.
  @discardableResult private static func makeFolder(
    _ path: String, named name: String
  ) throws(ExperimentError) -> [String] {
    var made: [String] = []
    var parts = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      parts += part
      if !parts.isEmpty {
        if mkdir(parts, 0o777) == 0 {
          made.append(parts)
        } else if errno != EEXIST {
          let code = errno
          for folder in made.reversed() { rmdir(folder) }
          throw failure(code, name)
        }
      }
      parts += "/"
    }
    return made
  }

  /// Only the files of a run may be replaced by a run.
  private static func checkReplaceable(_ path: String) throws(ExperimentError) {
    let manager = FileManager.default
    var isFolder: ObjCBool = false
    guard manager.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else {
      throw ExperimentError("is a file; a run needs a folder", at: Place(path), reason: .cannotWrite)
    }
    let contents = manager.subpaths(atPath: path) ?? []
    for item in contents {
      var isFolder: ObjCBool = false
      let isRun = files.contains((item as NSString).lastPathComponent)
      guard manager.fileExists(atPath: path + "/" + item, isDirectory: &isFolder), isFolder.boolValue || isRun else {
        throw ExperimentError(
          "holds '\(item)', which is not of a run, and is left alone; choose another folder with --output",
          at: Place(path), reason: .cannotWrite)
      }
    }
    guard contents.isEmpty || contents.contains("manifest.json") else {
      throw ExperimentError(
        "is no run folder, and is left alone; choose another with --output", at: Place(path), reason: .cannotWrite)
    }
  }

  /// Writes a file, given its path inside the folder.
  func write(_ contents: some Sequence<UInt8>, to name: String) throws {
    try Self.makeFolder((staged(name) as NSString).deletingLastPathComponent, named: path)
    let file = try AtomicFile(path: staged(name))
    try file.write(Array(contents))
    try file.commit()
  }

  /// Where a file stands until `commit`.
  func staged(_ name: String) -> String { staging + "/" + name }

  /// Every file written so far, with its hash, in alphabetical order.
  func contents() throws(ExperimentError) -> [Manifest.File] {
    var files: [Manifest.File] = []
    for name in (FileManager.default.subpaths(atPath: staging) ?? []).sorted() {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: staged(name), isDirectory: &isFolder), !isFolder.boolValue else {
        continue
      }
      files.append(try Manifest.File(path: staged(name), name: name))
    }
    return files
  }

  /// Puts the folder in its place.
  func commit() throws(ExperimentError) {
    let old = staging + ".old"
    let replaces = rename(path, old) == 0
    guard rename(staging, path) == 0 else {
      let code = errno
      if replaces { rename(old, path) }
      throw Self.failure(code, path)
    }
    TemporaryPaths.remove(staging)
    if replaces { try? FileManager.default.removeItem(atPath: old) }
  }

  /// Removes what was written.
  func discard() {
    try? FileManager.default.removeItem(atPath: staging)
    for folder in made.reversed() { rmdir(folder) }  // only those that are empty go
    TemporaryPaths.remove(staging)
  }

  private static func failure(_ code: Int32, _ path: String) -> ExperimentError {
    ExperimentError(
      "cannot be written: \(String(cString: strerror(code)))", at: Place(path), reason: .cannotWrite)
  }
}

extension Manifest.File {
  /// - Parameter name: What the manifest calls it.
  init(path: String, name: String) throws(ExperimentError) {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    self.init(
      name: name, sha256: try MynahExperiments.sha256(ofFile: path),
      bytes: (attributes?[.size] as? NSNumber)?.intValue ?? 0)
  }
}
