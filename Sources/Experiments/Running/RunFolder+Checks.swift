import Foundation

extension RunFolder {
  /// Only the files of a run may be replaced by a run.
  static func checkReplaceable(_ path: String) throws(ExperimentError) {
    let manager = FileManager.default
    var isFolder: ObjCBool = false
    guard manager.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else {
      throw ExperimentError("is a file; a run needs a folder", at: Place(path), reason: .cannotWrite)
    }
    let contents = manager.subpaths(atPath: path) ?? []
    for item in contents {
      var isFolder: ObjCBool = false
      let name = (item as NSString).lastPathComponent
      let isRun = files.contains(name) || Release.isFindings(name)
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

  /// A folder that happens to be called as ours would be is left alone.
  static func checkOwn(_ staging: String, named name: String) throws(ExperimentError) {
    let contents = (try? FileManager.default.contentsOfDirectory(atPath: staging)) ?? []
    guard contents.isEmpty || contents.contains(FolderLock.name) else {
      throw ExperimentError(
        "'\(staging)' is not of a run, and is left alone; choose another folder with --output", at: Place(name),
        reason: .cannotWrite)
    }
  }
}
