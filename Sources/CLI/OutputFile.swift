import Foundation
import Mynah

/// An output that is known to be writable before the work begins, and appears when the work is done.
struct OutputFile {
  private let file: AtomicFile

  /// "-" is standard output.
  ///
  /// - Parameter inputs: what is read, which is not to be overwritten.
  init(_ path: String, reading inputs: String...) throws(TableError) { try self.init(path, reading: inputs) }

  init(_ path: String, reading inputs: [String]) throws(TableError) {
    for input in inputs { try Self.refuse(path, reading: input) }
    file = try AtomicFile(path: path)
    if let temporary = file.temporary { TemporaryPaths.insert(temporary) }
  }

  /// - Throws: `TableError` where both paths lead to the same file.
  static func refuse(_ output: String, reading input: String) throws(TableError) {
    if isSameFile(output, input) {
      throw TableError(
        "is what is read, and would be overwritten; choose another file", reason: .cannotWrite, file: output)
    }
  }

  /// Whether both paths lead to the same regular file.
  static func isSameFile(_ one: String, _ other: String) -> Bool {
    var (a, b) = (stat(), stat())
    guard stat(one, &a) == 0, stat(other, &b) == 0, a.st_mode & S_IFMT == S_IFREG else { return false }
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino
  }

  func write(_ bytes: [UInt8]) throws(TableError) {
    let temporary = file.temporary
    defer { if let temporary { TemporaryPaths.remove(temporary) } }
    try file.write(bytes)
    try file.commit()
  }

  /// - Returns: the rows of each class of `target`.
  func write(_ table: ResampledTable, counting target: String, provenance: String?) throws -> ClassCounts {
    let temporary = file.temporary
    defer { if let temporary { TemporaryPaths.remove(temporary) } }
    return try table.write(to: file, counting: target, provenance: provenance)
  }
}
