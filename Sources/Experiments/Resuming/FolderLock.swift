import Foundation
import MynahTables

/// Keeps a folder for one process at a time, by a lock on a file in it that ends with the process, however it ends.
final class FolderLock {
  /// The file's name in the folder.
  static let name = "lock"

  private let descriptor: Int32

  /// - Parameter owner: What an error calls the folder.
  /// - Returns: Nil when the folder was moved or removed meanwhile; it is to be made again then.
  /// - Throws: `ExperimentError` (`cannotWrite`) while another process has the lock.
  init?(folder: String, owner: String) throws(ExperimentError) {
    let path = folder + "/" + Self.name
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw RunFolder.failure(errno, owner)
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      let holder = Self.text(descriptor)
      close(descriptor)
      throw ExperimentError(
        "another process\(holder.isEmpty ? "" : " (\(holder))") is running an experiment in this folder; wait for it, "
          + "or choose another folder with --output", at: Place(owner), reason: .cannotWrite)
    }
    // Where there are no locks (some network file systems) the work goes on without.
    var (here, there) = (stat(), stat())
    guard fstat(descriptor, &here) == 0, stat(path, &there) == 0, here.st_ino == there.st_ino else {
      close(descriptor)
      return nil
    }
    let identifier = Array("\(getpid())".utf8)
    ftruncate(descriptor, 0)
    _ = pwrite(descriptor, identifier, identifier.count, 0)
  }

  deinit { close(descriptor) }

  /// The number of the process that has the lock.
  private static func text(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 20)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)).filter { (48...57).contains($0) }, as: UTF8.self)
  }
}
