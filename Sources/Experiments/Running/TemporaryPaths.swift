import Foundation
import Synchronization

/// Files and folders that are to vanish when the program is ended in the middle of its work.
public enum TemporaryPaths {
  private static let paths = Mutex<Set<String>>([])

  package static func insert(_ path: String) { paths.withLock { _ = $0.insert(path) } }

  package static func remove(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Removes them from the disk. Work that still writes to them fails.
  public static func removeAll() {
    for path in paths.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
  }
}
