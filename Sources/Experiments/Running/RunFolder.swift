import Foundation
import MynahTables

/// The folder of a run. Everything is written to a folder beside it that takes its place when the run is done, so a
/// run that fails leaves nothing, and a folder of an earlier run stays whole until then.
///
/// `runs/adult` is written as `runs/.adult.partial`, by one process at a time. When a run ends in its middle, models and
/// checkpoints stay there for a later one to continue. A run that begins anew puts them aside, to
/// `runs/.adult.interrupted`, until it is whole itself.
final class RunFolder {
  static let files = [
    "configuration.yaml", "manifest.json", "metrics.json", EarlierWork.log, EarlierWork.model, Release.released,
    Release.withheld, Release.card, "report.html", "balance.json", "balance.md", balancedTable, EarlierWork.checkpoint,
    FolderLock.name,
  ]

  /// What a method of balancing makes.
  static let balancedTable = "balanced.csv"
  /// Where the files of balancing stand in a run of generators.
  static let balanceFolder = "balance"

  /// Where it will be.
  let path: String
  /// Where it is until `commit`.
  let staging: String
  /// Where the work of a run that ended in its middle waits until this one is whole.
  let aside: String
  /// Whether work was put aside.
  let replacesInterrupted: Bool
  /// What had to be made for it, itself included.
  private let made: [String]
  private let lock: FolderLock

  /// Makes the staging folder, and the folders above it.
  ///
  /// - Parameter keepsWork: Whether to leave models and checkpoints of a run that ended in its middle where they are.
  /// - Throws: `ExperimentError` where the path is taken by something that is not a run, cannot be written, or is
  ///   another process's at the moment.
  init(path: String, keepsWork: Bool = false) throws(ExperimentError) {
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    let url = URL(fileURLWithPath: trimmed)
    let place = url.deletingLastPathComponent().path
    func beside(_ suffix: String) -> String { "\(place)/.\(url.lastPathComponent).\(suffix)" }
    self.path = trimmed
    staging = beside("partial")
    aside = beside("interrupted")
    try Self.checkReplaceable(trimmed)
    try Self.checkOwn(staging, named: trimmed)
    var (lock, made) = try Self.claim(staging, named: trimmed)
    let isWork = EarlierWork.exists(in: staging)
    if isWork, !keepsWork {
      try? FileManager.default.removeItem(atPath: aside)
      guard rename(staging, aside) == 0 else { throw Self.failure(errno, trimmed) }
      unlink(aside + "/" + FolderLock.name)
      (lock, made) = try Self.claim(staging, named: trimmed)
    }
    replacesInterrupted = isWork && !keepsWork
    self.lock = lock
    self.made = made
    // Left when the program was ended between the two steps of `commit`.
    if !FileManager.default.fileExists(atPath: trimmed) { rename(staging + ".old", trimmed) }
    if !EarlierWork.exists(in: staging) { TemporaryPaths.insert(staging) }
  }

  /// Makes the folder, and keeps it for this process.
  private static func claim(
    _ folder: String, named name: String
  ) throws(ExperimentError) -> (lock: FolderLock, made: [String]) {
    while true {
      let made = try makeFolder(folder, named: name)
      if let lock = try FolderLock(folder: folder, owner: name) { return (lock, made) }
    }
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

  /// Writes a file, given its path inside the folder.
  func write(_ contents: some Sequence<UInt8>, to name: String) throws {
    let file = try AtomicFile(path: try place(for: name))
    try file.write(Array(contents))
    try file.commit()
    // From here on the folder stays when the program is ended.
    if EarlierWork.files.contains((name as NSString).lastPathComponent) { TemporaryPaths.remove(staging) }
  }

  /// Where a file stands until `commit`; the folder it is in is made.
  func place(for name: String) throws(ExperimentError) -> String {
    let place = staging + "/" + name
    try Self.makeFolder((place as NSString).deletingLastPathComponent, named: path)
    return place
  }

  /// Removes a file, given its path inside the folder.
  func remove(_ name: String) { unlink(staging + "/" + name) }

  /// Removes everything but files that are to be continued from, given their paths inside the folder.
  func clear(except names: Set<String>) {
    let kept = names.union([FolderLock.name])
    for name in (FileManager.default.subpaths(atPath: staging) ?? []).reversed() where !kept.contains(name) {
      let item = staging + "/" + name
      if unlink(item) != 0 { rmdir(item) }  // only folders that are empty go
    }
  }

  /// Every file written so far, with its hash, in alphabetical order.
  func contents() throws(ExperimentError) -> [Manifest.File] {
    var files: [Manifest.File] = []
    for name in (FileManager.default.subpaths(atPath: staging) ?? []).sorted() where name != FolderLock.name {
      var isFolder: ObjCBool = false
      let item = staging + "/" + name
      guard FileManager.default.fileExists(atPath: item, isDirectory: &isFolder), !isFolder.boolValue else { continue }
      files.append(try Manifest.File(path: item, name: name))
    }
    return files
  }

  /// Puts the folder in its place.
  ///
  /// - Parameter keepingAside: whether work that was put aside stays.
  func commit(keepingAside: Bool = false) throws(ExperimentError) {
    let old = staging + ".old"
    try? FileManager.default.removeItem(atPath: old)
    let replaces = rename(path, old) == 0
    guard rename(staging, path) == 0 else {
      let code = errno
      if replaces { rename(old, path) }
      throw Self.failure(code, path)
    }
    unlink(path + "/" + FolderLock.name)
    TemporaryPaths.remove(staging)
    for leftover in keepingAside ? [old] : [old, aside] { try? FileManager.default.removeItem(atPath: leftover) }
  }

  /// Whether a later run can continue from what is in the folder.
  var holdsWork: Bool { EarlierWork.exists(in: staging) }

  /// Removes what was written, unless a later run can continue from it.
  func discard() {
    TemporaryPaths.remove(staging)
    guard !holdsWork else { return }
    clear(except: [])
    unlink(staging + "/" + FolderLock.name)
    rmdir(staging)
    for folder in made.reversed() { rmdir(folder) }  // only those that are empty go
  }

  static func failure(_ code: Int32, _ path: String) -> ExperimentError {
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
