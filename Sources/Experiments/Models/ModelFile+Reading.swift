import Foundation

extension ModelFile {
  /// Reads the model file at `path`; "-" is standard input.
  ///
  /// - Throws: `ExperimentError` where there is no such file, or it is no whole model file of this version or an older.
  public init(path: String) throws {
    let data: Data
    do {
      data =
        switch path {
        case "-": try FileHandle.standardInput.readToEnd() ?? Data()
        // A pipe cannot be mapped.
        case _ where isPipe(path): try FileHandle(forReadingFrom: URL(fileURLWithPath: path)).readToEnd() ?? Data()
        default: try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        }
    } catch {
      throw ExperimentError(Self.reason(path), at: Place(path), reason: .noSuchFile)
    }
    self = try data.withUnsafeBytes { try ModelFile(bytes: $0, file: path == "-" ? "standard input" : path) }
  }

  private static func reason(_ path: String) -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return "no such file" }
    return isFolder.boolValue ? "this is a folder; name a model file" : "cannot be read"
  }

  /// Whether the file looks like safetensors: a length, then a brace. No CSV file has a NUL among its first bytes.
  public static func isModelFile(path: String) -> Bool {
    guard path != "-", !isPipe(path), let handle = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? handle.close() }
    guard let start = try? handle.read(upToCount: 9), start.count == 9 else { return path.hasSuffix(".safetensors") }
    return path.hasSuffix(".safetensors") || (start[8] == UInt8(ascii: "{") && start[7] == 0 && start[6] == 0)
  }
}
