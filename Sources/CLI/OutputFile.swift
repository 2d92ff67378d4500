import Mynah

/// An output that is known to be writable before the work begins, and appears when the work is done.
struct OutputFile {
  private let file: AtomicFile

  /// "-" is standard output.
  init(_ path: String) throws(TableError) {
    file = try AtomicFile(path: path)
    if let temporary = file.temporary { TemporaryPaths.insert(temporary) }
  }

  func write(_ bytes: [UInt8]) throws(TableError) {
    let temporary = file.temporary
    defer { if let temporary { TemporaryPaths.remove(temporary) } }
    try file.write(bytes)
    try file.commit()
  }
}
