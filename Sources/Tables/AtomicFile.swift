#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that appears under its name only when it is complete: it is written beside its place under a temporary name,
/// and renamed by `commit`. Dropped without `commit` it leaves nothing behind.
///
/// `-` is standard output. What is no regular file (a pipe, `/dev/null`) is written straight away.
///
/// ```swift
/// let file = try AtomicFile(path: "out.csv")
/// try file.write(bytes)
/// try file.commit()
/// ```
public final class AtomicFile {
  public let path: String
  private var descriptor: Int32
  private let target: String
  /// Where the bytes are until `commit`; nil when they are written straight away.
  package private(set) var temporary: String?

  /// - Throws: `TableError` (`cannotWrite`) when the folder does not exist or is not writable, or `path` is a directory.
  public init(path: String) throws(TableError) {
    self.path = path
    if path == "-" {
      (descriptor, target) = (dup(1), path)
      guard descriptor >= 0 else { throw Self.error(errno, path) }
      return
    }
    var status = stat()
    if stat(path, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR {
        throw TableError("this is a directory; name a file in it", reason: .cannotWrite, file: path)
      }
      if status.st_mode & S_IFMT != S_IFREG {
        (descriptor, target) = (open(path, O_WRONLY | O_CLOEXEC), path)
        guard descriptor >= 0 else { throw Self.error(errno, path) }
        return
      }
    }
    // A link is followed, so that what it points to is replaced and not the link.
    if let resolved = realpath(path, nil) {
      target = String(cString: resolved)
      free(resolved)
    } else {
      target = path
    }
    let place = target
    let slash = place.lastIndex(of: "/")
    let folder = slash.map { String(place[...$0]) } ?? ""
    let name = slash.map { String(place[place.index(after: $0)...]) } ?? place
    guard !name.isEmpty else { throw TableError("an empty file name", reason: .cannotWrite, file: path) }
    descriptor = -1
    var attempt = 0
    repeat {
      let candidate = "\(folder).\(name.utf8.count > 200 ? "mynah" : name).\(getpid()).\(attempt).tmp"
      descriptor = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { temporary = candidate }
      attempt += 1
    } while descriptor < 0 && errno == EEXIST && attempt < 100
    guard descriptor >= 0 else { throw Self.error(errno, path) }
  }

  deinit { discard() }

  /// Appends bytes.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(TableError) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      #if canImport(Darwin)
        let written = Darwin.write(descriptor, start, rest.count)
      #elseif canImport(Musl)
        let written = Musl.write(descriptor, start, rest.count)
      #else
        let written = Glibc.write(descriptor, start, rest.count)
      #endif
      if written < 0 {
        if errno == EINTR { continue }
        let code = errno
        discard()
        throw Self.error(code, path)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  /// Appends bytes.
  public func write(_ bytes: [UInt8]) throws(TableError) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(TableError) in try write(UnsafeRawBufferPointer(bytes)) }
  }

  func write(_ buffer: ByteBuffer) throws(TableError) {
    try buffer.withBytes { (bytes) throws(TableError) in try write(bytes) }
  }

  /// Appends text as UTF-8.
  public func write(_ text: String) throws(TableError) { try write(Array(text.utf8)) }

  /// Brings the bytes to the disk and the file under its name. Nothing can be written afterwards.
  public func commit() throws(TableError) {
    guard descriptor >= 0 else { return }
    if let temporary, fsync(descriptor) != 0 || close(descriptor) != 0 || rename(temporary, target) != 0 {
      let code = errno
      discard()
      throw Self.error(code, path)
    }
    if temporary == nil, close(descriptor) != 0 {
      descriptor = -1
      throw Self.error(errno, path)
    }
    descriptor = -1
    temporary = nil
  }

  /// Gives up: the temporary file is removed, a file that was there before stays as it was.
  public func discard() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
    if let temporary { unlink(temporary) }
    temporary = nil
  }

  private static func error(_ code: Int32, _ path: String) -> TableError {
    let why = code == ENOENT ? "the folder does not exist" : String(cString: strerror(code))
    return TableError("cannot be written: \(why)", reason: .cannotWrite, file: path == "-" ? "standard output" : path)
  }
}
